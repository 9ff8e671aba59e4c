package ch08;

import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Bytes;
import grader.Given;
import grader.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A dialogue under test and its peer, which is ours and speaks the format by the book. */
final class Talk implements AutoCloseable {
  final WatchedSocket socket = new WatchedSocket();
  final Dialogue dialogue;
  private final Wire wire;
  private final List<Thread> peers = new ArrayList<>();

  /**
   * @param peer what the far end is called
   */
  Talk(String peer) throws IOException {
    wire = Wire.open(socket, peer);
    socket.options.clear();
    dialogue = new Dialogue(socket);
  }

  /** A question or an answer as it crosses the wire: the length of the body, and the body. */
  static byte[] message(String text) {
    var body = text.getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
  }

  /**
   * Lets the dialogue ask; the catalog answers as soon as it has the question. If the dialogue
   * begins to wait while the question is not yet whole, nothing would ever come: then it is told
   * what is missing.
   */
  String ask(Given given, String question, String answer) throws Exception {
    var wanted = message(question);
    socket.forget();
    socket.beforeEachRead(_ -> {
      if (socket.written().length < wanted.length) throw waitsInVain(given, wanted);
    });
    peers.add(Thread.ofVirtual().start(() -> answerOne(wanted.length, answer)));
    var heard = dialogue.ask(question);
    socket.beforeEachRead(_ -> {});
    return heard;
  }

  private Error waitsInVain(Given given, byte[] wanted) {
    var sent = socket.written();
    return given.wrong(
        "on the wire before the wait: " + Bytes.visible(wanted),
        "on the wire before the wait: " + (sent.length == 0 ? "nothing" : Bytes.visible(sent)),
        sent.length == 0
            ? "The catalog has nothing to answer, and both wait for ever. This looks like code that"
                + " fills a buffer and does not flush it, or flushes it when more has come. There"
                + " is no more: the next question is asked when this one is answered."
            : "The catalog has a part of a question, and both wait for ever. The header says how"
                + " many bytes of body follow; what is sent must be as many, in the format of the"
                + " task.");
  }

  private void answerOne(int length, String answer) {
    try {
      wire.far().getInputStream().readNBytes(length);
      wire.send(message(answer));
    } catch (IOException over) {
      // The check has ended before the question was whole, and knows why.
    }
  }

  /** The desk asks this; nobody has heard it yet. */
  void put(String question) throws IOException {
    wire.send(message(question));
  }

  /**
   * Lets the dialogue answer the next question. If it begins to wait for more, with all questions
   * taken, it has to have answered them.
   *
   * @param offered how many bytes of questions have been put
   */
  boolean answer(Given given, int offered, String answer) throws Exception {
    var wanted = message(answer);
    socket.beforeEachRead(taken -> {
      if (taken >= offered && socket.written().length < wanted.length) {
        wire.mark("Here your code began to wait for more.");
        throw given.wrong(
            "an answer to each question, before the wait for the next",
            "%d bytes of answer".formatted(socket.written().length),
            "The desk has asked and waits for the answer. It will not ask again before it has it.");
      }
    });
    return dialogue.answer(_ -> answer);
  }

  void mark(String text) {
    wire.mark(text);
  }

  @Override
  public void close() throws IOException {
    wire.close(); // which also ends a peer that waits
    try {
      for (var peer : peers) peer.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
