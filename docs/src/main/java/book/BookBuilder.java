package book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Document;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;

/** Makes a folder of pages from the chapters, and finds out what is wrong with them. */
final class BookBuilder implements Build {
  private final Repo repo;
  private final Problems problems = new Problems();
  private final SequencedMap<String, Source> sources = new LinkedHashMap<>();
  private Source current;

  private BookBuilder(Repo repo) {
    this.repo = repo;
  }

  /** Returns the problems, one line each; the pages are written even so, to look at. */
  static List<String> build(Repo repo, Path output) throws IOException {
    return new BookBuilder(repo).build(output);
  }

  private List<String> build(Path output) throws IOException {
    var found = new ArrayList<Source>();
    for (var file : Repo.files(repo.chapters(), "*.adoc")) {
      found.add(Source.read(file, repo.name(file)));
    }
    found.sort(Comparator.comparing(Source::order));
    for (var source : found) sources.put(source.page(), source);

    empty(output);
    for (var asset : Repo.files(repo.theme(), "*.{css,js}")) {
      Files.copy(asset, output.resolve(asset.getFileName()));
    }
    var pages = convert();
    Links.resolve(pages, problems);
    for (var page : pages) Quoting.check(page, problems);
    for (var page : pages) {
      var html = Layout.html(page, pages);
      Links.checkAssets(page.source(), html, output, problems);
      Files.writeString(output.resolve(page.fileName()), html);
    }
    return List.copyOf(problems.found());
  }

  private List<Page> convert() throws IOException {
    var pages = new ArrayList<Page>();
    try (var asciidoctor = Asciidoctor.Factory.create()) {
      var includes = new LessonInclude(repo, this);
      asciidoctor.registerLogHandler(this::log);
      Logger.getLogger("asciidoctor").setUseParentHandlers(false); // we say it in a line of our own
      asciidoctor
          .javaExtensionRegistry()
          .includeProcessor(includes)
          .blockMacro(new SessionMacro(repo, this))
          .blockMacro(new TimelineMacro(repo, this))
          .blockMacro(new FigureMacro(repo, this))
          .blockMacro(new PlotMacro(repo, this))
          .blockMacro(new ExerciseMacro(repo, this))
          .blockMacro(new HintsMacro(repo, this))
          .blockMacro(new GalleryMacro(repo, this));
      try (var java25 = Files.newInputStream(repo.theme().resolve("java25.rb"))) {
        asciidoctor.rubyExtensionRegistry().loadClass(java25);
      }
      for (var source : sources.values()) {
        current = source;
        var document = asciidoctor.loadFile(source.file().toFile(), options());
        pages.add(Page.of(source, document));
        if (source.number() > 0) Coverage.check(repo, source, includes, problems);
      }
    }
    return pages;
  }

  private static Options options() {
    var attributes =
        Attributes.builder()
            .attribute("lessons", "../../lessons")
            .attribute("attribute-missing", "warn")
            .attribute("experimental")
            .attribute("icons", "font")
            .attribute("idprefix", "")
            .attribute("idseparator", "-")
            .attribute("rouge-css", "class")
            .attribute("sectanchors")
            .attribute("source-highlighter", "rouge")
            .build();
    return Options.builder()
        .safe(SafeMode.UNSAFE)
        .standalone(false)
        .sourcemap(true)
        .attributes(attributes)
        .build();
  }

  private void log(LogRecord record) {
    if (record.getSeverity().compareTo(Severity.INFO) < 0) return;
    if (record.getMessage().startsWith("possible invalid reference"))
      return; // Links knows all pages
    var cursor = record.getCursor();
    int line =
        cursor == null ? lineOfMissingAttribute(record.getMessage()) : cursor.getLineNumber();
    problems.add(current.name(), line, record.getMessage());
  }

  /** Asciidoctor names the attribute, but not the line. */
  private int lineOfMissingAttribute(String message) {
    return current.lineOf("{" + message.substring(message.lastIndexOf(' ') + 1) + "}");
  }

  @Override
  public Problems problems() {
    return problems;
  }

  @Override
  public Source source(Document document) {
    return current;
  }

  private static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var old = Files.list(folder)) {
      old.filter(Files::isRegularFile).forEach(BookBuilder::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
