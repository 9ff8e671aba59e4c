package ch06;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.joining;

import grader.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The archive's folder, with the eyes of a reader who may look into it at any time. */
final class UploadFolder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  final Path folder;
  final Path target;

  UploadFolder() throws IOException {
    folder = Files.createTempDirectory("archive").toAbsolutePath();
    target = folder.resolve("shelf-12.jpg");
  }

  /** With an older file of the target's name. */
  UploadFolder(String older) throws IOException {
    this();
    Files.writeString(target, older, US_ASCII);
  }

  /** What a reader finds who opens the target. */
  String found() throws IOException {
    try {
      return Bytes.visible(Files.readAllBytes(target));
    } catch (NoSuchFileException none) {
      return "no file";
    }
  }

  /** The target and its content, and the names of whatever else lies there. */
  String content() throws IOException {
    var others = others();
    if (others.isEmpty()) return found();
    return found() + ", and beside it " + others.stream().collect(joining(", "));
  }

  List<String> others() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> !file.equals(target))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /**
   * Looks on while the target is replaced. Linux tells every change of a folder, in order
   * (inotify(7)), so that a moment without the file is seen however short it is. Other systems let
   * Java look now and then; there nothing is seen, and nobody blamed.
   */
  Optional<Watcher> watch() {
    if (!System.getProperty("os.name").equals("Linux")) return Optional.empty();
    try {
      return Optional.of(new Watcher());
    } catch (IOException noneLeft) {
      return Optional.empty(); // the system limits their number for each user
    }
  }

  final class Watcher implements AutoCloseable {
    private final WatchService service = folder.getFileSystem().newWatchService();

    Watcher() throws IOException {
      folder.register(service, ENTRY_DELETE);
    }

    /** Whether the target was taken away at any time since the watch began. */
    boolean sawTargetGo() throws IOException, InterruptedException {
      var last = Files.createFile(folder.resolve("the-watch-ends-here"));
      Files.delete(last);
      boolean gone = false;
      while (true) {
        var key = service.poll(PATIENCE.toNanos(), NANOSECONDS);
        if (key == null) return gone;
        for (var event : key.pollEvents()) {
          if (target.getFileName().equals(event.context())) gone = true;
          if (last.getFileName().equals(event.context())) return gone;
        }
        key.reset();
      }
    }

    @Override
    public void close() throws IOException {
      service.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) Files.deleteIfExists(file);
    }
    Files.delete(folder);
  }
}
