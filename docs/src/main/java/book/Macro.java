package book;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asciidoctor.ast.ContentModel;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.BlockMacroProcessor;

/** A block macro of ours. Whatever it finds missing is reported with the line that names it. */
abstract class Macro extends BlockMacroProcessor {
  final Repo repo;
  private final Build build;

  Macro(String name, Repo repo, Build build) {
    super(
        name,
        new HashMap<>(
            Map.of(
                ContentModel.KEY,
                ContentModel.RAW))); // the text between the brackets, commas and all
    this.repo = repo;
    this.build = build;
  }

  /** Adds to {@code block} what stands in the place of the macro. */
  abstract void fill(StructuralNode block, String target, String text) throws IOException;

  @Override
  public final StructuralNode process(
      StructuralNode parent, String target, Map<String, Object> attributes) {
    var block = createBlock(parent, "open", "");
    try {
      fill(block, target, attributes.getOrDefault("text", "").toString());
    } catch (BookError | IOException e) {
      var source = build.source(parent.getDocument());
      var macro = "%s::%s[".formatted(getName(), target);
      build.problems().add(source.name(), source.lineOf(macro), e.getMessage());
    }
    return block;
  }

  final void html(StructuralNode block, String html) {
    block.append(createBlock(block, "pass", html));
  }

  final void asciidoc(StructuralNode block, List<String> lines) {
    parseContent(block, lines);
  }

  final void asciidoc(StructuralNode block, String... lines) {
    asciidoc(block, Arrays.asList(lines));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Text in which only `code` is marked up. */
  static String inline(String text) {
    return escape(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }
}
