// Believes: each byte is a character.
// Rejected by: DialogueTest "speaks UTF-8, on every machine"
package ch04;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    var in = client.getInputStream();
    reply(client, GREETING);
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) != -1) {
      if (next == '\r') continue;
      if (next != '\n') {
        line.append((char) next);
        continue;
      }
      var command = line.toString();
      line.setLength(0);
      if (command.equals("exit")) {
        reply(client, "Goodbye");
        return;
      }
      reply(client, command.equals("0") ? "You entered 0" : "Please re-enter, not " + command);
    }
  }

  private static void reply(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + '\n').getBytes(StandardCharsets.UTF_8));
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
