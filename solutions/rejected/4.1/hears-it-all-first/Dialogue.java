// Believes: a request is what the client sends until it ends.
// Rejected by: DialogueTest "answers each line when it has come"
package ch04;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    var out = client.getOutputStream();
    out.write((GREETING + "\n").getBytes(StandardCharsets.UTF_8));
    var request = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var reply = new StringBuilder();
    for (var line : request.lines().toList()) {
      if (line.equals("exit")) {
        reply.append("Goodbye\n");
        break;
      }
      reply.append(line.equals("0") ? "You entered 0\n" : "Please re-enter, not " + line + "\n");
    }
    out.write(reply.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static void serve(ServerSocket listener) throws IOException {
    for (; ; ) {
      var client = listener.accept();
      try (client) {
        talk(client);
      } catch (IOException e) {
        System.err.println("client lost: " + e);
      }
    }
  }
}
