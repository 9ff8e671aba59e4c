// Believes: the one who calls speaks first.
// Rejected by: DialogueTest "greets a client before it says anything"
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
    boolean greeted = false;
    String line;
    while ((line = in.readLine()) != null) {
      if (!greeted) send(client, GREETING);
      greeted = true;
      switch (line) {
        case "exit" -> {
          send(client, "Goodbye");
          return;
        }
        case "0" -> send(client, "You entered 0");
        default -> send(client, "Please re-enter, not " + line);
      }
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
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
