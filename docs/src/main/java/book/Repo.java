package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the parts of the workbook are kept. */
record Repo(Path root) {
  /** The workbook that the launcher stands in, or else the one around the current folder. */
  static Repo here() {
    var launcher = System.getenv("SOCKETS_BY_HAND");
    return around(Path.of(launcher == null ? "" : launcher));
  }

  /** Finds the workbook that {@code start} lies in. */
  static Repo around(Path start) {
    for (var folder = start.toAbsolutePath().normalize(); folder != null; ) {
      if (Files.isDirectory(folder.resolve("docs/chapters"))
          && Files.isDirectory(folder.resolve("lessons"))) {
        return new Repo(folder);
      }
      folder = folder.getParent();
    }
    throw new BookError(
        start + " is not inside the workbook: no folder above it has docs/chapters");
  }

  Path lessons() {
    return root.resolve("lessons");
  }

  Path lesson(String className) {
    return lessons().resolve(className + ".java");
  }

  Path chapters() {
    return root.resolve("docs/chapters");
  }

  Path sessions() {
    return root.resolve("docs/sessions");
  }

  Path figures() {
    return root.resolve("docs/figures");
  }

  Path theme() {
    return root.resolve("docs/theme");
  }

  /** The path as a reader of a message would type it from the top folder. */
  String name(Path file) {
    var absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(root) ? root.relativize(absolute) : absolute)
        .toString()
        .replace('\\', '/');
  }

  /** The files in {@code folder} whose names match {@code glob}, in order of their names. */
  static List<Path> files(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.newDirectoryStream(folder, glob)) {
      return java.util.stream.StreamSupport.stream(files.spliterator(), false).sorted().toList();
    }
  }
}
