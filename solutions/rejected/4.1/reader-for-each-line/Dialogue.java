// Believes: a reader takes from the stream only the line that it returns.
// Rejected by: DialogueTest "reads lines, however they arrive"
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
    writeLine(client, GREETING);
    String line = readLine(client);
    while (line != null && !line.equals("exit")) {
      if (line.equals("0")) writeLine(client, "You entered 0");
      else writeLine(client, "Please re-enter, not " + line);
      line = readLine(client);
    }
    if (line != null) writeLine(client, "Goodbye");
  }

  private static String readLine(Socket socket) throws IOException {
    var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
    return new BufferedReader(in).readLine();
  }

  private static void writeLine(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
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
