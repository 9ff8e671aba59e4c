// Believes: what is printed to a socket is sent.
// Rejected by: DialogueTest "greets a client before it says anything"
package ch04;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
    out.print(GREETING + "\n");
    String line;
    while ((line = in.readLine()) != null) {
      if (line.equals("exit")) {
        out.print("Goodbye\n");
        break;
      } else if (line.equals("0")) {
        out.print("You entered 0\n");
      } else {
        out.print("Please re-enter, not " + line + "\n");
      }
    }
    out.flush();
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
