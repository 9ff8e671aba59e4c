// Believes: text is text, on both ends.
// Rejected by: DialogueTest "speaks UTF-8, on every machine"
package ch04;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream()));
    var out = new PrintStream(client.getOutputStream(), true);
    out.print(GREETING + "\n");
    for (String line; (line = in.readLine()) != null; ) {
      if (line.equals("exit")) {
        out.print("Goodbye\n");
        return;
      }
      out.print((line.equals("0") ? "You entered 0" : "Please re-enter, not " + line) + "\n");
    }
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
