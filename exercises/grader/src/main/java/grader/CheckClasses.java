package grader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of an exercise's checks. Those made last are kept, and fit every answer of the same
 * {@link Shape} for as long as no check is edited: of a learner's saves most change code alone.
 */
final class CheckClasses {
  private static final int MAX_KEPT = 64; // of some 50 kB each

  /** Classes by their files, relative to the folder of classes. */
  private static final Map<MadeFrom, Map<Path, byte[]>> KEPT =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MAX_KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<MadeFrom, Map<Path, byte[]>> eldest) {
              return size() > MAX_KEPT;
            }
          });

  private final Path folder;
  private final List<Path> answer;
  private final MadeFrom madeFrom;

  private record MadeFrom(Path checks, ByteBuffer shapeOfAnswer, Map<Path, FileTime> sources) {}

  private CheckClasses(Path folder, List<Path> answer, MadeFrom madeFrom) {
    this.folder = folder;
    this.answer = answer;
    this.madeFrom = madeFrom;
  }

  /**
   * Those that fit an answer.
   *
   * @param folder with the classes of the answer, and as yet with no others
   */
  static CheckClasses of(Workbook workbook, Task task, Path folder) throws IOException {
    var answer = files(folder);
    var sources = new HashMap<Path, FileTime>();
    for (var file : files(workbook.checks())) sources.put(file, Files.getLastModifiedTime(file));
    var shape = ByteBuffer.wrap(Shape.of(answer));
    return new CheckClasses(folder, answer, new MadeFrom(workbook.checks(task), shape, sources));
  }

  /**
   * Puts them beside the classes of the answer, if they are kept.
   *
   * @return whether they were
   */
  boolean write() throws IOException {
    var kept = KEPT.get(madeFrom);
    if (kept == null) return false;
    for (var each : kept.entrySet()) {
      var file = folder.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    return true;
  }

  /** They are in the folder now. */
  void keep() throws IOException {
    var classes = new HashMap<Path, byte[]>();
    for (var file : files(folder)) {
      if (!answer.contains(file)) classes.put(folder.relativize(file), Files.readAllBytes(file));
    }
    KEPT.put(madeFrom, classes);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
