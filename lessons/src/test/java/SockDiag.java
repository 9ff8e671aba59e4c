import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Asks Linux about one connection of IPv4, as {@code ss} does (man 7 sock_diag). /proc/net/tcp says
 * the same, but whoever reads it walks through the kernel's whole hash table: that is 10 ms of
 * processor time for each look, and a test that waits for an event looks often.
 */
@SuppressWarnings("restricted")
final class SockDiag {
  /** What is told of one end: no process holds it where the inode is 0. */
  record End(int state, long unread, long inode) {}

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));
  private static final MethodHandle RECEIVE =
      function("recv", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));

  private static final int HEADER_BYTES = 16; // struct nlmsghdr
  private static final int REQUEST_BYTES = HEADER_BYTES + 56; // struct inet_diag_req_v2
  private static final int ANSWER_BYTES = HEADER_BYTES + 72; // struct inet_diag_msg
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLM_F_REQUEST = 1;
  private static final byte AF_INET = 2;
  private static final byte IPPROTO_TCP = 6;
  private static final int EVERY_STATE = -1;
  private static final int LOOPBACK = 0x7F000001; // 127.0.0.1
  private static final int LISTEN = 10;

  private static final int NETLINK = netlink();

  /** Some containers have no such sockets: there, only the tables in /proc tell. */
  static final boolean HERE = Proc.HERE && NETLINK >= 0 && tellsOfAListener();

  private SockDiag() {}

  private static MethodHandle function(String name, FunctionDescriptor types) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types);
  }

  private static int netlink() {
    int family = 16; // AF_NETLINK
    int type = 2 | 0x80000; // SOCK_DGRAM, and SOCK_CLOEXEC: our children do not inherit it
    int protocol = 4; // NETLINK_SOCK_DIAG
    var socket = function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    try {
      return (int) socket.invokeExact(family, type, protocol);
    } catch (Throwable notLinked) {
      throw new LinkageError("socket", notLinked);
    }
  }

  private static boolean tellsOfAListener() {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return ask(listener.getLocalPort(), 0).isPresent();
    } catch (IOException noNetwork) {
      return false;
    }
  }

  /** That end of a connection on loopback which has this port. */
  static Optional<End> of(int port, int peerPort) {
    return ask(port, peerPort).filter(end -> end.state != LISTEN);
  }

  /** Where there is no such connection, the kernel tells of whoever listens there. */
  private static synchronized Optional<End> ask(int port, int peerPort) {
    try (var arena = Arena.ofConfined()) {
      var request = arena.allocate(REQUEST_BYTES);
      write(request.asByteBuffer(), port, peerPort);
      long sent = (long) SEND.invokeExact(NETLINK, request, (long) REQUEST_BYTES, 0);
      if (sent != REQUEST_BYTES) return Optional.empty();
      var answer = arena.allocate(8 * 1024);
      long received = (long) RECEIVE.invokeExact(NETLINK, answer, answer.byteSize(), 0);
      return received < ANSWER_BYTES ? Optional.empty() : Optional.of(read(answer));
    } catch (Throwable notLinked) {
      throw new LinkageError("sock_diag", notLinked);
    }
  }

  /** Numbers of this machine, but for ports and addresses: those are as on the wire. */
  private static void write(ByteBuffer to, int port, int peerPort) {
    to.order(ByteOrder.nativeOrder());
    to.putInt(REQUEST_BYTES).putShort(SOCK_DIAG_BY_FAMILY).putShort(NLM_F_REQUEST);
    to.putLong(0); // a number to know the answer by, and who asks
    to.put(AF_INET).put(IPPROTO_TCP).putShort((short) 0).putInt(EVERY_STATE);
    to.order(ByteOrder.BIG_ENDIAN);
    to.putShort((short) port).putShort((short) peerPort);
    to.putInt(LOOPBACK).put(new byte[12]).putInt(LOOPBACK).put(new byte[12]); // room for IPv6
    to.putInt(0).putLong(-1); // any interface, and whatever the socket's cookie is
  }

  private static End read(MemorySegment answer) {
    int state = answer.get(ValueLayout.JAVA_BYTE, HEADER_BYTES + 1);
    int unread = answer.get(INT, HEADER_BYTES + 56);
    int inode = answer.get(INT, HEADER_BYTES + 68);
    return new End(state, Integer.toUnsignedLong(unread), Integer.toUnsignedLong(inode));
  }
}
