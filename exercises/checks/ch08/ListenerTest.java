package ch08;

import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;

@Exercise(
    id = "8.2",
    title = "A listener that comes back",
    file = "ch08/Listener.java",
    level = 2,
    minutes = 30)
class ListenerTest {
  private static final int ANY = 0;

  @Check(
      step = 1,
      value = "listens on the loopback interface",
      points = 2,
      read = "chapter 8, \"Coming back after a restart\"")
  void listens() throws Exception {
    try (var sockets = new RecordedListeners()) {
      var given = given("port 0, which is any that is free");
      try (var listener = Listener.open(ANY, sockets)) {
        given.wants(
            "a listener", listener == null ? "null" : "a listener", "The caller wants to accept.");
        given.wants(
            "sockets made by the factory: 1",
            "sockets made by the factory: " + sockets.made.size(),
            "Let the factory make the socket: the caller may want one that speaks TLS. One is"
                + " enough.");
        given.wants(
            "bound to the loopback address",
            listener.getInetAddress().isLoopbackAddress()
                ? "bound to the loopback address"
                : listener.isBound() ? "bound to " + listener.getInetAddress() : "not bound",
            "Without an address bind takes the wildcard, which is every interface of this machine:"
                + " whoever is in the same network can call.");
        try (var client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            var accepted = listener.accept()) {
          given.wants(
              "a call from " + client.getLocalSocketAddress(),
              "a call from " + accepted.getRemoteSocketAddress(),
              "A client on this machine gets through.");
        }
      }
    }
  }

  @Check(
      step = 2,
      value = "comes back while old connections linger",
      points = 3,
      read = "chapter 8, \"Coming back after a restart\"")
  void comesBack() throws Exception {
    try (var sockets = new RecordedListeners()) {
      comesBack(
          given("a port with a connection in TIME_WAIT, left by a server that closed first"),
          sockets.portWithTimeWait(),
          sockets);
    }
    try (var sockets = new RecordedListeners()) {
      comesBack(
          given("a port with a conversation that still goes on, and nobody who listens"),
          sockets.portWithConversation(),
          sockets);
    }
  }

  private static void comesBack(Given given, int port, RecordedListeners sockets)
      throws IOException {
    try (var listener = Listener.open(port, sockets)) {
      given.wants(
          "a listener on port " + port,
          listener == null ? "null" : "a listener on port " + listener.getLocalPort(),
          "Nobody listens there any more; the clients call this port and no other.");
      given.wants(
          "SO_REUSEADDR on before bind",
          sockets.made.getLast().reusedAtBind()
              ? "SO_REUSEADDR on before bind"
              : "SO_REUSEADDR off",
          "This system lets it pass, and others do not.");
    } catch (BindException refused) {
      throw given.wrong(
          "a listener on port " + port,
          described(refused),
          "SO_REUSEADDR was off when bind asked for it. Java turns it on by itself on Linux, and"
              + " promises it nowhere; set after bind, or on a socket that is bound when it is"
              + " made, it comes too late. It does not let two listen at a time: it lets one come"
              + " back.");
    }
  }

  @Check(
      step = 3,
      value = "refuses at once while another listener is live",
      points = 2,
      read = "chapter 8, \"Coming back after a restart\"")
  void refuses() throws Exception {
    try (var sockets = new RecordedListeners();
        var live = Listener.open(ANY, sockets)) {
      int port = live.getLocalPort();
      var given = given("a port on which this code listens already, in the same program");
      wantsRefusal(given, port, sockets);
    }
    try (var sockets = new RecordedListeners();
        var live = ServerSocketChannel.open()) {
      live.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY));
      live.configureBlocking(false);
      var given = given("a port on which another server listens");
      wantsRefusal(given, live.socket().getLocalPort(), sockets);
      try (var call = live.accept()) {
        given.wants(
            "the live server notices nothing",
            call == null ? "the live server notices nothing" : "the live server has a call",
            "This looks like code that calls the port to learn whether somebody is there. A server"
                + " that serves one client at a time now waits for a request that never comes; and"
                + " what was free when you asked may be taken when you bind. bind itself tells.");
      }
    }
  }

  private static void wantsRefusal(Given given, int port, RecordedListeners sockets)
      throws IOException {
    int before = sockets.binds.size();
    sockets.beforeBind(_ -> {
      if (sockets.binds.size() - before <= 1) return;
      throw given.wrong(
          "a BindException from the first bind",
          "another bind, to " + sockets.binds.getLast(),
          "This looks like code that tries again, or elsewhere. The one that listens may do so"
              + " for months, and clients call one port. Whoever started this wants to know"
              + " now.");
    });
    try (var second = Listener.open(port, sockets)) {
      throw given.wrong(
          "a BindException",
          second == null ? "null" : "a second listener on port " + second.getLocalPort(),
          second == null
              ? "The caller learns of it when it accepts, as a NullPointerException, and the reason"
                  + " is gone."
              : "Two listeners share the port, and the kernel deals the callers out between them."
                  + " That is what SO_REUSEPORT is for. SO_REUSEADDR lets a listener come back, and"
                  + " never lets two be live.");
    } catch (BindException right) {
      sockets.beforeBind(_ -> {});
    } catch (IOException | RuntimeException other) {
      throw given.wrong(
          "a BindException",
          described(other),
          "Its class tells the caller what failed. Wrapped into another it tells nothing.");
    }
  }

  @Check(
      step = 4,
      value = "leaves nothing open when it fails",
      points = 2,
      read = "chapter 8, \"Coming back after a restart\"")
  void closes() throws Exception {
    var means =
        "A socket whose bind failed is still a socket, with a descriptor. Nobody else knows it, so"
            + " it stays open until the program ends. Close it on every way out but the last.";
    try (var sockets = new RecordedListeners();
        var live = new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress())) {
      var given = given("a port that is taken");
      given.throwing(
          BindException.class, () -> Listener.open(live.getLocalPort(), sockets), "It is taken.");
      given.wants("sockets left open: 0", "sockets left open: " + sockets.open(), means);
    }
    try (var sockets = new RecordedListeners()) {
      var given = given("port 70000");
      given.throwing(
          IllegalArgumentException.class,
          () -> Listener.open(70_000, sockets),
          "There is no such port: its number has 16 bits.");
      given.wants(
          "sockets left open: 0",
          "sockets left open: " + sockets.open(),
          means + " This exception is no IOException.");
    }
    try (var sockets = new RecordedListeners()) {
      var given = given("a system that fails with another exception, no BindException");
      sockets.beforeBind(_ -> {
        throw new SocketException("No buffer space available");
      });
      given.throwing(
          SocketException.class,
          () -> Listener.open(ANY, sockets),
          "The caller has to learn what failed.");
      given.wants("sockets left open: 0", "sockets left open: " + sockets.open(), means);
    }
  }

  @Check(
      step = 5,
      value = "names the port that it cannot have",
      points = 1,
      read = "chapter 8, \"What people get wrong\"")
  void names() throws Exception {
    try (var sockets = new RecordedListeners();
        var live = new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress())) {
      int port = live.getLocalPort();
      var given = given("port %d, which is taken".formatted(port));
      var refused =
          given.throwing(BindException.class, () -> Listener.open(port, sockets), "It is taken.");
      var message = String.valueOf(refused.getMessage());
      given.wants(
          "a message with %d in it".formatted(port),
          message.contains("" + port)
              ? "a message with %d in it".formatted(port)
              : "\"%s\"".formatted(message),
          "bind knows which port it was and does not say so. Whoever reads this in a log of twenty"
              + " services has to guess.");
      var text = sockets.words;
      given.wants(
          "\"%s\" in it as well".formatted(text),
          message.contains(text)
              ? "\"%s\" in it as well".formatted(text)
              : "\"%s\"".formatted(message),
          "A bind can fail because the port is taken, because the address is not of this machine,"
              + " or because one must be root. The class is the same for all three: only the text"
              + " tells them apart.");
      given.wants(
          "the exception of bind as its cause",
          refused.getCause() instanceof BindException
              ? "the exception of bind as its cause"
              : "the cause " + refused.getCause(),
          "The stack trace of the cause leads to the bind that failed.");
    }
  }

  private static String described(Exception thrown) {
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }
}
