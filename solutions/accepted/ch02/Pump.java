package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Exercise 2.2: pump both ways. */
public final class Pump {
  private static final int CHUNK_BYTES = 16 * 1024;

  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    // The one that may wait for a key for ever is on a thread that nobody has to wait for. A
    // FutureTask keeps its exception until somebody asks.
    var sending = new FutureTask<Void>(() -> send(in, socket));
    Thread.startVirtualThread(sending);

    // If the connection is lost, this throws, whether somebody types or not.
    copy(socket.getInputStream(), out);

    // The peer has said all; we may have more to say. A reset that the sender met comes out here.
    try {
      sending.get();
    } catch (ExecutionException failed) {
      throw new IOException("lost while sending", failed.getCause());
    }
  }

  private static Void send(InputStream in, Socket socket) throws IOException {
    copy(in, socket.getOutputStream());
    socket.shutdownOutput(); // half-close: we have said all, and still listen
    return null;
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    for (int count; (count = from.read(chunk)) >= 0; ) {
      to.write(chunk, 0, count);
      to.flush(); // the next chunk may wait for an answer to this one
    }
  }
}
