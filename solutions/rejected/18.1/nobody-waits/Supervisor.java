// Believes: the system clears away what has ended.
// Rejected by: SupervisorTest "notices the end of a child"
package ch18;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

public final class Supervisor implements AutoCloseable {
  public static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  public static final Duration GRACE = Duration.ofMillis(500);

  public interface Log {
    void started(long pid);

    void said(long pid, String line);

    void ended(long pid, int exitCode);
  }

  public interface Pauses {
    void pause(Duration length) throws InterruptedException;
  }

  private final List<ProcessBuilder> places = new ArrayList<>();
  private final List<ProcessHandle> running = new ArrayList<>();
  private final Log log;
  private volatile boolean closed;

  public Supervisor(int children, List<String> command, Pauses pauses, Log log) {
    this.log = log;
    for (int i = 0; i < children; i++) {
      var place = new ProcessBuilder(command).redirectErrorStream(true);
      place.environment().put("WORKER", String.valueOf(i));
      places.add(place);
    }
  }

  public void start() {
    places.forEach(this::launch);
  }

  private void launch(ProcessBuilder place) {
    try {
      var child = place.start();
      running.add(child.toHandle());
      log.started(child.pid());
      Thread.startVirtualThread(() -> {
        try (var lines = child.inputReader()) {
          for (String line; (line = lines.readLine()) != null; ) log.said(child.pid(), line);
        } catch (IOException gone) {
          if (!closed) launch(place);
        }
      });
    } catch (IOException cannotStart) {
      log.said(0, cannotStart.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    for (var child : running) child.destroy();
    for (var child : running) {
      child.onExit().completeOnTimeout(child, GRACE.toMillis(), TimeUnit.MILLISECONDS).join();
      child.destroyForcibly();
    }
  }
}
