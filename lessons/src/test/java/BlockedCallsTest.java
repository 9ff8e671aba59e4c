import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What chapter 7 says of a thread that is blocked in a call of its socket. */
class BlockedCallsTest {
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      near = new Socket(listener.getInetAddress(), listener.getLocalPort());
      far = listener.accept();
    }
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
  }

  /** Nobody reads, so there is no other way out of this write. */
  @Test
  void aCloseWakesAWrite() throws Exception {
    var writing =
        new FutureTask<>(() -> {
          try {
            near.getOutputStream().write(new byte[64 * 1024 * 1024]);
            return "written";
          } catch (IOException closed) {
            return closed.getMessage();
          }
        });
    blocked(writing, "tryWrite");
    near.close();
    assertThat(writing.get()).isEqualTo("Socket closed");
  }

  @Test
  void anInterruptDoesNotWakeARead() throws Exception {
    var reading =
        new FutureTask<>(
            () -> near.getInputStream().read() + " " + Thread.currentThread().isInterrupted());
    var reader = blocked(reading, "tryRead");
    reader.interrupt();
    far.getOutputStream().write(7);
    assertThat(reading.get()).isEqualTo("7 true"); // the byte came, and the socket is open
    assertThat(near.isClosed()).isFalse();
  }

  /** Starts it on a platform thread, and waits until that waits in the kernel. */
  private static Thread blocked(FutureTask<?> task, String call) {
    var thread = Thread.ofPlatform().daemon().start(task);
    Proc.soon().until(() -> isIn(thread, call) || isIn(thread, "park"));
    return thread;
  }

  private static boolean isIn(Thread thread, String method) {
    return Stream.of(thread.getStackTrace()).anyMatch(at -> at.getMethodName().equals(method));
  }
}
