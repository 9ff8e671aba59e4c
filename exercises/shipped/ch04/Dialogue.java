package ch04;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Exercise 4.1: the dialogue.
 *
 * <p>The library's information desk is a program by now. It talks to one client at a time, in
 * lines:
 *
 * <pre>
 *   desk      Welcome! 欢迎! Enter 0, or exit.␊
 *   client    0␊
 *   desk      You entered 0␊
 *   client    opening hours?␊
 *   desk      Please re-enter, not opening hours?␊
 *   client    exit␊
 *   desk      Goodbye␊                                   and hangs up
 * </pre>
 *
 * <p>The client may be a person with nc or a program. Its lines end with LF, and some clients send
 * CR LF. They come as the network brings them: a line in pieces, or several lines at once. Both
 * sides speak UTF-8. How long a line may be is left to exercise 5.2.
 */
public final class Dialogue {
  public static final String GREETING = "Welcome! 欢迎! Enter 0, or exit.";

  private Dialogue() {}

  /**
   * Holds one conversation: greets, then answers each line with one line. {@code exit} is the whole
   * line, and so is {@code 0}; any other line is one to re-enter.
   *
   * @param client just accepted; who calls this closes it
   * @throws IOException if the connection is lost. That the client has said all (its end, FIN) is
   *     no loss: the conversation is over then, as it is after {@code exit}
   */
  public static void talk(Socket client) throws IOException {
    // TODO: greet, then read a line and answer it, until there is a reason to stop.
    throw new UnsupportedOperationException("TODO: exercise 4.1");
  }

  /**
   * Serves one client after the other, and closes each when its conversation is over, whatever
   * ended it. A conversation that is lost is reported in one line on {@code System.err}, and the
   * next client is served.
   *
   * @param listener where clients call; who calls this closes it, from another thread
   * @throws IOException if {@code accept} fails, above all because the listener was closed
   */
  public static void serve(ServerSocket listener) throws IOException {
    // TODO: accept, talk, close, and again.
    throw new UnsupportedOperationException("TODO: exercise 4.1");
  }
}
