package ch17;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import grader.Bytes;
import grader.Given;
import grader.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A member of the room: the far end of a wire whose near end the room has. */
final class Member implements AutoCloseable {
  private static final int BUFFER_BYTES = 8 * 1024; // a stalled member is to be full soon
  private static final int PATIENCE_MILLIS = 2_500;

  final String name;
  final Wire wire;
  private final InputStream in;

  Member(String name) throws IOException {
    this.name = name;
    var near = new Socket();
    near.setSendBufferSize(BUFFER_BYTES);
    wire = Wire.open(near);
    wire.far().setReceiveBufferSize(BUFFER_BYTES);
    wire.far().setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(wire.far().getInputStream());
  }

  Member in(ChatRoom room) throws IOException {
    room.enter(wire.near());
    return this;
  }

  void says(String line) throws IOException {
    wire.send((line + "\n").getBytes(ISO_8859_1));
  }

  /** The next line without its LF, or what came in its place: in brackets. */
  String hears() {
    var line = new ByteArrayOutputStream();
    try {
      for (int next; (next = in.read()) != '\n'; line.write(next)) {
        if (next < 0) return "[the end of the stream]";
      }
      return line.toString(ISO_8859_1);
    } catch (SocketTimeoutException silence) {
      return "[nothing for 2.5 s]";
    } catch (IOException lost) {
      return "[" + lost.getMessage() + "]";
    }
  }

  void hears(Given given, String line, String means) {
    given.wants(name + " hears: " + shown(line), name + " hears: " + shown(hears()), means);
  }

  static String shown(String line) {
    var text = Bytes.visible(line);
    return text.length() < 60 ? text : text.substring(0, 20) + "… (" + text.length() + " bytes)";
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
