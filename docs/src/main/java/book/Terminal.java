package book;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A command that runs as in a terminal: what it prints on both outputs is kept in one order, and
 * read up to a line that somebody awaits or up to the end.
 */
final class Terminal implements AutoCloseable {
  /** How long an awaited line or end may take, on a machine that does much else as well. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  /** How long an interrupted process of a pipe may take before the next one is interrupted. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final Set<Terminal> OPEN = ConcurrentHashMap.newKeySet();

  static {
    // Whoever interrupts the build must not be left with its servers.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Terminal::close)));
  }

  private final Process process;
  private final StringBuilder unfinished = new StringBuilder();
  private final List<String> unread = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private boolean ended;

  /**
   * @param script where the command is kept; its text goes from there to {@code sh}, since Java
   *     would write an argument in the JVM's own encoding, and in most containers that is ASCII
   */
  Terminal(Path folder, Path script, String command) throws IOException {
    Files.writeString(script, command);
    var builder = new ProcessBuilder("sh", "-c", "exec sh -c \"$(cat \"$0\")\"", script.toString());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(_|JDK_)?JAVA_(TOOL_)?OPTIONS"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("NO_COLOR", "1");
    environment.put("NO_PROXY", "*"); // every conversation stays on this machine
    environment.put("no_proxy", "*");
    environment.put("PYTHONUNBUFFERED", "1");
    process = builder.start();
    OPEN.add(this);
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      var chars = new char[8192];
      for (int n; (n = output.read(chars)) >= 0; ) take(new String(chars, 0, n));
    } catch (IOException closed) {
      // The process was ended by close(): there is nothing more to read.
    }
    end();
  }

  private synchronized void take(String text) {
    unfinished.append(text);
    for (int lineFeed; (lineFeed = unfinished.indexOf("\n")) >= 0; ) {
      add(unfinished.substring(0, lineFeed));
      unfinished.delete(0, lineFeed + 1);
    }
    notifyAll();
  }

  private synchronized void end() {
    if (!unfinished.isEmpty()) add(unfinished.toString());
    unfinished.setLength(0);
    ended = true;
    notifyAll();
  }

  private void add(String line) {
    var shown = visible(line);
    unread.add(shown);
    history.add(shown);
  }

  /**
   * As a terminal shows it: no CR at the end, no blanks there; other control characters as their
   * pictures.
   */
  private static String visible(String line) {
    var text = new StringBuilder();
    line.stripTrailing()
        .codePoints()
        .map(c -> c < ' ' && c != '\t' ? 0x2400 + c : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  /** Everything not yet read, up to and with the first line that is {@code wanted}. */
  synchronized List<String> readUntil(Predicate<String> wanted) {
    var line = await(() -> unread.stream().filter(wanted).findFirst(), "no such line");
    var read = unread.subList(0, unread.indexOf(line) + 1);
    var lines = List.copyOf(read);
    read.clear();
    return lines;
  }

  /**
   * Everything not yet read, up to and with a prompt: what stands behind the last line feed and
   * ends so. Somebody will type behind it, and with that end the line.
   */
  synchronized List<String> readUntilPrompt(String wanted) {
    await(() -> isPrompt(wanted) ? Optional.of(true) : Optional.empty(), "no such prompt");
    add(unfinished.toString());
    unfinished.setLength(0);
    var lines = List.copyOf(unread);
    unread.clear();
    return lines;
  }

  private boolean isPrompt(String wanted) {
    return unfinished.toString().stripTrailing().endsWith(wanted);
  }

  /** Everything not yet read, once the command has ended. */
  synchronized List<String> readToEnd() {
    await(() -> ended && !process.isAlive() ? Optional.of(true) : Optional.empty(), "did not end");
    var lines = List.copyOf(unread);
    unread.clear();
    return lines;
  }

  /**
   * Waits until {@code event} has a value; gives up when the command has ended or the time is over.
   */
  private synchronized <T> T await(Supplier<Optional<T>> event, String otherwise) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      boolean over = ended && !process.isAlive(); // asked first: it may end while we look
      var value = event.get();
      if (value.isPresent()) return value.get();
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (over) throw new BookError(otherwise + " (the command has ended)");
      if (millis <= 0) throw new BookError(otherwise + " within " + DEADLINE.toSeconds() + " s");
      try {
        // Output ends a moment before the process does: then there is nobody to notify us.
        wait(ended ? 1 : millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BookError("interrupted while waiting");
      }
    }
  }

  int exitCode() {
    return process.exitValue();
  }

  void type(String line) throws IOException {
    var input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /**
   * What Ctrl-C does: every process of the command gets the signal. The last of a pipe is first,
   * and has a moment to end, so that it does not see the end of its input before.
   */
  void interrupt() throws IOException, InterruptedException {
    var signal = interruptSignal();
    var latestFirst = Comparator.comparing(ProcessHandle::pid).reversed();
    for (var each : everyProcess().sorted(latestFirst).toList()) {
      var kill = "kill -%s %d 2>/dev/null".formatted(signal, each.pid());
      new ProcessBuilder("sh", "-c", kill).start().waitFor();
      each.onExit().completeOnTimeout(each, MOMENT.toMillis(), MILLISECONDS).join();
    }
  }

  /**
   * A build that itself runs in the background ignores SIGINT, and so would its children. Java ends
   * alike on TERM.
   */
  private static String interruptSignal() throws IOException {
    var status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) return "INT";
    try (var lines = Files.lines(status)) {
      boolean ignored =
          lines
              .filter(line -> line.startsWith("SigIgn:"))
              .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 0b10) != 0);
      return ignored ? "TERM" : "INT";
    }
  }

  /** Children before their parents. */
  private Stream<ProcessHandle> everyProcess() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
  }

  synchronized List<String> history() {
    var lines = new ArrayList<>(history);
    if (!unfinished.isEmpty()) lines.add(unfinished.toString());
    return lines;
  }

  @Override
  public void close() {
    OPEN.remove(this);
    everyProcess().toList().forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor();
      process.getOutputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
