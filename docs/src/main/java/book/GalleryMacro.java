package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asciidoctor.ast.StructuralNode;

/**
 * {@code gallery::1.1[]}: solutions that are wrong, what their author believes, and the check that
 * says so.
 */
final class GalleryMacro extends Macro {
  GalleryMacro(Repo repo, Build build) {
    super("gallery", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var folder = repo.root().resolve("solutions/rejected/" + target);
    var files = new ArrayList<Path>();
    for (var solution : Repo.files(folder, "*")) files.addAll(Repo.files(solution, "*.java"));
    if (files.isEmpty()) throw new BookError("no rejected solutions in " + repo.name(folder));
    html(block, "<div class=\"gallery\">");
    for (var file : files) {
      var lines = Files.readAllLines(file);
      var summary =
          "<details><summary><span>%s</span> <small>%s</small></summary><div>"
              .formatted(
                  escape(after(lines, 0, "// Believes: ", file)),
                  escape("rejected by " + after(lines, 1, "// Rejected by: ", file)));
      html(block, summary);
      asciidoc(block, listing(lines.subList(2, lines.size())));
      html(block, "</div></details>");
    }
    html(block, "</div>");
  }

  private String after(List<String> lines, int index, String start, Path file) {
    if (lines.size() <= index || !lines.get(index).startsWith(start)) {
      throw new BookError("%s:%d: wanted %s…".formatted(repo.name(file), index + 1, start));
    }
    return lines.get(index).substring(start.length());
  }

  private static List<String> listing(List<String> code) {
    var lines = new ArrayList<>(List.of("[source,java]", "-----"));
    for (var line : code) if (lines.size() > 2 || !line.isBlank()) lines.add(line);
    lines.add("-----");
    return lines;
  }
}
