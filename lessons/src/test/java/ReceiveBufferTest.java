import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Chapter 8 says that the kernel lets a receive buffer grow, until a program sets its size. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "each kernel tunes buffers in its own way")
class ReceiveBufferTest {
  private static final int CHUNK = 64 * 1024;
  private static final int MOST_CHUNKS = 1024; // 64 MB

  @Test
  void growsWithWhatIsReadFromIt() throws Exception {
    try (var listener = Wire.listen()) {
      int before = listener.getReceiveBufferSize();
      assertThat(sizeAfterReading(listener)).isGreaterThan(before);
    }
  }

  @Test
  void staysAsSomebodySetIt() throws Exception {
    try (var listener = Wire.listen()) {
      listener.setReceiveBufferSize(10_000); // those whom it accepts have the same
      assertThat(sizeAfterReading(listener)).isEqualTo(10_000);
    }
  }

  /** The size at the server's end, when it has grown or much was read. */
  private static int sizeAfterReading(ServerSocket listener) throws Exception {
    try (var sender = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        var reader = listener.accept()) {
      int before = reader.getReceiveBufferSize();
      var sending = Thread.ofVirtual().start(() -> sendUntilClosed(sender));
      var in = reader.getInputStream();
      int most = before < CHUNK ? MOST_CHUNKS / 64 : MOST_CHUNKS; // a small one is slow
      for (int chunk = 0; chunk < most && reader.getReceiveBufferSize() == before; chunk++) {
        in.readNBytes(CHUNK);
      }
      int after = reader.getReceiveBufferSize();
      reader.close();
      sending.join();
      return after;
    }
  }

  private static void sendUntilClosed(Socket sender) {
    try {
      while (true) sender.getOutputStream().write(new byte[CHUNK]);
    } catch (IOException closed) {
      // The reader has seen enough.
    }
  }
}
