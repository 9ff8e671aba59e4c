// Believes: what the client sent as one line comes in one read().
// Rejected by: DialogueTest "reads lines, however they arrive"
package ch04;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = client.getOutputStream();
    out.write((GREETING + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] buffer = new byte[1024];
    int count;
    while ((count = in.read(buffer)) != -1) {
      String line = new String(buffer, 0, count, StandardCharsets.UTF_8).strip();
      if (line.equals("exit")) {
        out.write("Goodbye\n".getBytes(StandardCharsets.UTF_8));
        break;
      }
      String answer = line.equals("0") ? "You entered 0" : "Please re-enter, not " + line;
      out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  public static void serve(ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      try {
        talk(client);
      } catch (IOException e) {
        System.err.println("lost: " + e.getMessage());
      } finally {
        client.close();
      }
    }
  }
}
