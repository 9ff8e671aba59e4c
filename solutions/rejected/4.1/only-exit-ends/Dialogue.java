// Believes: a conversation ends with exit.
// Rejected by: DialogueTest "ends when the client has said all"
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
    boolean talking = true;
    while (talking) {
      String line = in.readLine();
      if ("exit".equals(line)) {
        say(client, "Goodbye");
        talking = false;
      } else if ("0".equals(line)) {
        say(client, "You entered 0");
      } else {
        say(client, "Please re-enter, not " + line);
      }
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
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
