// Believes: what crosses a socket is text.
// Rejected by: PumpTest "carries 1 MB each way, byte for byte"
package ch02;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

public final class Pump {
  private Pump() {}

  public static void pump(Socket socket, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var sending = CompletableFuture.runAsync(() -> send(in, socket));
    copyText(socket.getInputStream(), out);
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException("sending failed", e.getCause());
    }
  }

  private static void send(InputStream in, Socket socket) {
    try {
      copyText(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyText(InputStream from, OutputStream to) throws IOException {
    var reader = new InputStreamReader(from, StandardCharsets.UTF_8);
    var writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    var buffer = new char[8192];
    int count;
    while ((count = reader.read(buffer)) != -1) {
      writer.write(buffer, 0, count);
      writer.flush();
    }
  }
}
