// Believes: a server that catches everything is robust.
// Rejected by: DialogueTest "ends when its listener is closed"
package ch04;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    say(client, GREETING);
    String line;
    while ((line = in.readLine()) != null) {
      if (line.equals("exit")) {
        say(client, "Goodbye");
        return;
      }
      say(client, line.equals("0") ? "You entered 0" : "Please re-enter, not " + line);
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public static void serve(ServerSocket listener) {
    while (true) {
      try (var client = listener.accept()) {
        talk(client);
      } catch (IOException e) {
        System.err.println("lost: " + e.getMessage());
      }
    }
  }
}
