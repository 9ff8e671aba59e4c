package book;

import java.io.IOException;
import java.nio.file.Files;
import org.asciidoctor.ast.StructuralNode;
import org.jsoup.Jsoup;

/** {@code figure::queues[What it shows]}: a drawing, inline, so that it takes the page's colors. */
final class FigureMacro extends Macro {
  FigureMacro(Repo repo, Build build) {
    super("figure", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var file = repo.figures().resolve(target + ".svg");
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    var svg = Jsoup.parseBodyFragment(Files.readString(file)).selectFirst("svg");
    if (svg == null) throw new BookError(repo.name(file) + " holds no <svg>");
    var title = svg.selectFirst("> title");
    var description = svg.selectFirst("> desc");
    if (title == null || description == null) {
      throw new BookError(
          repo.name(file) + " lacks a <title> or a <desc> for those who cannot see it");
    }
    svg.attr("role", "img").attr("aria-labelledby", target + "-title " + target + "-desc");
    title.id(target + "-title");
    description.id(target + "-desc");
    html(
        block,
        "<figure class=\"drawing\"><div class=\"scroll\" tabindex=\"0\">%s</div><figcaption>%s</figcaption></figure>"
            .formatted(svg.outerHtml(), inline(text.isEmpty() ? title.text() : text)));
  }
}
