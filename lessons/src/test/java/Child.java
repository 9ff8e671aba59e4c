import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;

/** A process of ours: what it prints is kept, what it does is awaited, and it ends with us. */
final class Child implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60); // on a machine that is busy

  private final Process process;
  private final Captured out;
  private final Captured err;

  private Child(Process process, InputStream out) {
    this.process = process;
    this.out = new Captured(out);
    this.err = new Captured(process.getErrorStream());
  }

  static Child start(ProcessBuilder command) throws IOException {
    var process = command.start();
    return new Child(process, process.getInputStream());
  }

  /** A child whose reader goes away before it has read a byte, as {@code head -c 0} does. */
  static Child startUnread(ProcessBuilder command) throws IOException {
    var process = command.start();
    process.getInputStream().close();
    return new Child(process, InputStream.nullInputStream());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Says these bytes on its standard input, as fast as it takes them, and then nothing more. */
  Child feed(byte[] input) {
    Thread.ofPlatform().daemon().start(() -> write(process.getOutputStream(), input));
    return this;
  }

  /** Says this on its standard input, as a keyboard does: more may follow. */
  Child type(String text) throws IOException {
    var stdin = process.getOutputStream();
    stdin.write(text.getBytes(UTF_8));
    stdin.flush();
    return this;
  }

  Child endInput() {
    return feed(new byte[0]);
  }

  private static void write(OutputStream stdin, byte[] input) {
    try (stdin) {
      stdin.write(input);
    } catch (IOException gone) {
      // It ended before it had read all: its exit code tells whether it should have.
    }
  }

  MatchResult awaitOut(String regex) throws InterruptedException {
    return awaitOut(regex, 0);
  }

  /** In what it prints after its first so many bytes. */
  MatchResult awaitOut(String regex, int from) throws InterruptedException {
    return out.await(regex, from, PATIENCE);
  }

  /** How many bytes it has printed so far. */
  int printed() {
    return out.length();
  }

  MatchResult awaitErr(String regex) throws InterruptedException {
    return err.await(regex, 0, PATIENCE);
  }

  int exitCode() throws InterruptedException {
    return exitCode(PATIENCE);
  }

  int exitCode(Duration patience) throws InterruptedException {
    if (process.waitFor(patience.toMillis(), MILLISECONDS)) return process.exitValue();
    throw new AssertionError("still running after " + patience.toSeconds() + " s");
  }

  byte[] outBytes() throws InterruptedException {
    return out.all(PATIENCE);
  }

  String out() throws InterruptedException {
    return new String(outBytes(), UTF_8);
  }

  String err() throws InterruptedException {
    return new String(err.all(PATIENCE), UTF_8);
  }

  List<String> errLines() throws InterruptedException {
    return err().lines().toList();
  }

  /** Asks it to end, as SIGTERM does. Unlike the process, its handle leaves our streams open. */
  void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
