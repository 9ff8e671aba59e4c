package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays the sessions, and says which still go as recorded. */
@Command(
    name = "sessions",
    description =
        "Plays the terminal sessions of the book and compares them with their recordings.")
final class SessionsCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  @Option(names = "--record", description = "Write what this run showed into the files.")
  private boolean record;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "1",
      description = "Play each N times: a recording that sometimes differs is none.")
  private int times;

  @Parameters(paramLabel = "NAME", description = "A session, as in 01-hello. Without one: all.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws IOException {
    var repo = Repo.here();
    int failures = 0;
    try (var player = new Player(repo)) {
      for (var file : files(repo)) {
        for (int i = 0; i < times; i++) if (!play(repo, player, file)) failures++;
      }
    }
    return failures == 0 ? 0 : 1;
  }

  private List<Path> files(Repo repo) throws IOException {
    if (names.isEmpty()) return Repo.files(repo.sessions(), "*.session");
    for (var name : names) {
      if (!Files.exists(repo.sessions().resolve(name + ".session"))) {
        throw new BookError("No session " + name + " in " + repo.name(repo.sessions()));
      }
    }
    return names.stream().map(name -> repo.sessions().resolve(name + ".session")).toList();
  }

  private boolean play(Repo repo, Player player, Path file) throws IOException {
    var session = Session.read(file, repo.name(file));
    var missing = session.needs().stream().filter(need -> !need.met()).findFirst();
    if (missing.isPresent()) {
      IO.println("%-24s skipped: no %s".formatted(session.name(), missing.get()));
      return true;
    }
    try {
      var recorded = session.lines().stream().map(Session.Line::text).toList();
      var played = player.play(session);
      var wire = played.wire();
      var story = wire.isEmpty() ? List.<String>of() : Wire.story(wire.get(), session);
      var recordedStory = wire.isEmpty() ? story : Wire.recordedStory(file, session);
      if (played.lines().equals(recorded) && story.equals(recordedStory)) {
        IO.println("%-24s as recorded".formatted(session.name()));
        return true;
      }
      if (record) {
        Files.write(file, played.lines());
        if (!story.equals(recordedStory)) Wire.write(file, wire.get());
      }
      var outcome = record ? "recorded anew" : "differs from its recording";
      IO.println("%-24s %s".formatted(session.name(), outcome));
      IO.print(Diff.unified(recorded, played.lines()).indent(2));
      IO.print(Diff.unified(recordedStory, story).indent(2));
      return record;
    } catch (BookError e) {
      IO.println("%-24s failed at %s:".formatted(session.name(), repo.name(file)));
      IO.print(e.getMessage().indent(2));
      return false;
    }
  }
}
