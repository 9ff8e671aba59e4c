package ch04;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;

/** Exercise 4.1: the dialogue. */
public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    // One reader for the whole conversation: it may hold the next lines already.
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    say(client, GREETING);
    for (String line; (line = in.readLine()) != null; ) { // null: the client has said all
      say(client, answer(line));
      if (line.equals("exit")) return;
    }
  }

  private static String answer(String line) {
    return switch (line) {
      case "0" -> "You entered 0";
      case "exit" -> "Goodbye";
      default -> "Please re-enter, not " + line;
    };
  }

  /** One write to a stream that has no buffer: nothing to flush. */
  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }

  public static void serve(ServerSocket listener) throws IOException {
    while (true) {
      var client = listener.accept(); // outside of the try: if this fails, nothing is left to do
      try (client) {
        talk(client);
      } catch (IOException lost) {
        System.err.println("lost: " + lost.getMessage());
      }
    }
  }
}
