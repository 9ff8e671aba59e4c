package book;

import java.io.IOException;
import java.nio.file.Files;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Document;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;

/** Makes pages of chapters, one after the other. For one thread. */
final class Converter implements Build, AutoCloseable {
  private final Repo repo;
  private final Problems problems;
  private final LessonInclude includes;
  private final Asciidoctor asciidoctor = Asciidoctor.Factory.create();
  private Source current;

  Converter(Repo repo, Problems problems) throws IOException {
    this.repo = repo;
    this.problems = problems;
    includes = new LessonInclude(repo, this);
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
  }

  Page page(Source source) throws IOException {
    current = source;
    var document = asciidoctor.loadFile(source.file().toFile(), options());
    var page = Page.of(source, document);
    if (source.number() > 0) Coverage.check(repo, source, includes, problems);
    return page;
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

  @Override
  public void close() {
    asciidoctor.close();
  }
}
