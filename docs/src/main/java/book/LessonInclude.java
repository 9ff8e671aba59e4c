package book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.asciidoctor.ast.Document;
import org.asciidoctor.extension.IncludeProcessor;
import org.asciidoctor.extension.PreprocessorReader;

/**
 * {@code include::{lessons}/L01HelloWebServer.java[tag=listen]}: lines from a lesson, remembered so
 * that {@link Coverage} can tell what no chapter shows.
 *
 * <p>A lesson holds no callout marks. The block that includes it says where they go: {@code
 * [source,java,callouts="new ServerSocket; println"]} puts the first at the line that contains the
 * first text, and so on.
 */
final class LessonInclude extends IncludeProcessor {
  private static final String LESSONS = "../../lessons/";
  private static final Pattern ITEM = Pattern.compile("<(\\d+|\\.)> .*");
  private static final Pattern CALLOUTS = Pattern.compile("\\[source.*callouts=\"([^\"]*)\".*]");

  private final Repo repo;
  private final Build build;

  /** For each chapter's page and lesson the lines that it shows. */
  private final Map<String, Map<String, TreeSet<Integer>>> shown = new HashMap<>();

  LessonInclude(Repo repo, Build build) {
    this.repo = repo;
    this.build = build;
  }

  @Override
  public boolean handles(String target) {
    return target.startsWith(LESSONS);
  }

  @Override
  public void process(
      Document document, PreprocessorReader reader, String target, Map<String, Object> attributes) {
    var source = build.source(document);
    int line = reader.getLineNumber() - 1; // the reader already stands behind the include
    var text = "";
    try {
      text = lines(source, line, target.substring(LESSONS.length()), attributes);
    } catch (BookError | IOException e) {
      build.problems().add(source.name(), line, e.getMessage());
    }
    reader.pushInclude(text, target, target, 1, attributes);
  }

  private String lines(Source source, int line, String fileName, Map<String, Object> attributes)
      throws IOException {
    var file = repo.lessons().resolve(fileName);
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    var lesson = LessonText.read(file, repo.name(file));
    var tags = attributes.getOrDefault("tag", attributes.getOrDefault("tags", "")).toString();
    var numbers = lesson.select(tags.isEmpty() ? List.of() : Arrays.asList(tags.split("[;,]")));
    shown
        .computeIfAbsent(source.page(), _ -> new HashMap<>())
        .computeIfAbsent(fileName, _ -> new TreeSet<>())
        .addAll(numbers);

    SequencedMap<Integer, String> selected = new LinkedHashMap<>();
    for (int number : numbers) selected.put(number, lesson.line(number));
    var callouts = callouts(source, line);
    for (int i = 0; i < callouts.size(); i++) mark(selected, callouts.get(i), i + 1);
    int explained = explained(source, line);
    if (!callouts.isEmpty() && explained != callouts.size()) {
      throw new BookError(
          "%d callouts in the code, %d in the list below it".formatted(callouts.size(), explained));
    }
    // One line break fewer than lines: the block's own delimiter brings the last.
    return String.join("\n", selected.values()).strip().indent(0).stripTrailing();
  }

  /** The callouts of the block that the include at {@code line} stands in. */
  private static List<String> callouts(Source source, int line) {
    for (int above = line - 1; above >= 1 && above >= line - 3; above--) {
      var attributes = CALLOUTS.matcher(source.lines().get(above - 1));
      if (attributes.matches()) return List.of(attributes.group(1).split("; +"));
    }
    return List.of();
  }

  /**
   * How many items the list of callouts under the block has; Asciidoctor minds only those too many.
   */
  private static int explained(Source source, int line) {
    var below = source.lines().subList(line, source.lines().size());
    int items = 0;
    for (int i = below.indexOf("----") + 1; i > 0 && i < below.size(); i++) {
      if (ITEM.matcher(below.get(i)).matches()) items++;
      else if (below.get(i - 1).isBlank()) break; // a paragraph of its own
    }
    return items;
  }

  private static void mark(SequencedMap<Integer, String> lines, String text, int number) {
    var matching = lines.entrySet().stream().filter(e -> e.getValue().contains(text)).toList();
    if (matching.size() != 1) {
      throw new BookError(
          "callout %d: %s included lines contain: %s"
              .formatted(number, matching.isEmpty() ? "no" : matching.size() + "", text));
    }
    lines.merge(matching.getFirst().getKey(), " // <" + number + ">", String::concat);
  }

  /** The lines of the lesson that the page shows. */
  TreeSet<Integer> shown(String page, String fileName) {
    return shown.getOrDefault(page, Map.of()).getOrDefault(fileName, new TreeSet<>());
  }
}
