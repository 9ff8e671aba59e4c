// Believes: people and servers speak in lines.
// Rejected by: PumpTest "shows every piece at once"
package ch02;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
    copyLines(socket.getInputStream(), out);
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException("sending failed", e.getCause());
    }
  }

  private static void send(InputStream in, Socket socket) {
    try {
      copyLines(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyLines(InputStream from, OutputStream to) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      to.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
    }
  }
}
