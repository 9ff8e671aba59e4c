// Believes: who types a word and more means the word.
// Rejected by: DialogueTest "answers each line when it has come"
package ch04;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  public static void talk(Socket client) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    var out =
        new BufferedWriter(
            new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
    out.write(GREETING + "\n");
    out.flush();
    String line;
    while ((line = in.readLine()) != null) {
      if (line.startsWith("exit")) {
        out.write("Goodbye\n");
        out.flush();
        return;
      }
      out.write(line.startsWith("0") ? "You entered 0\n" : "Please re-enter, not " + line + "\n");
      out.flush();
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
