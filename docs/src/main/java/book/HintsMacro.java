package book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asciidoctor.ast.StructuralNode;

/**
 * {@code hints::1.1[]}: an exercise's hints, each folded; the theme shows one only after the one
 * before is open.
 */
final class HintsMacro extends Macro {
  HintsMacro(Repo repo, Build build) {
    super("hints", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var file = repo.root().resolve("exercises/hints/" + target + ".adoc");
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    html(block, "<div class=\"hints\">");
    hints(Files.readAllLines(file))
        .forEach((name, lines) -> {
          html(block, "<details><summary>Hint: " + escape(name) + "</summary><div>");
          asciidoc(block, lines);
          html(block, "</div></details>");
        });
    html(block, "</div>");
  }

  private static Map<String, List<String>> hints(List<String> lines) {
    var hints = new LinkedHashMap<String, List<String>>();
    for (var line : lines) {
      if (line.startsWith("== ")) hints.put(line.substring(3).strip(), new ArrayList<>());
      else if (!hints.isEmpty()) hints.lastEntry().getValue().add(line);
    }
    return hints;
  }
}
