// Believes: when somebody says exit, the work is done.
// Rejected by: DialogueTest "serves the next client after an exit"
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

  private static final String EXIT = "exit";

  public static void talk(Socket client) throws IOException {
    converse(client);
  }

  /** The last line of the client; null if it ended without one. */
  private static String converse(Socket client) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    say(client, GREETING);
    String line = in.readLine();
    while (line != null && !line.equals(EXIT)) {
      say(client, line.equals("0") ? "You entered 0" : "Please re-enter, not " + line);
      line = in.readLine();
    }
    if (line != null) say(client, "Goodbye");
    return line;
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public static void serve(ServerSocket listener) throws IOException {
    String last = "";
    while (!EXIT.equals(last)) {
      try (Socket client = listener.accept()) {
        last = converse(client);
      }
    }
  }
}
