package book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes a folder of pages from the chapters, and finds out what is wrong with them. */
final class BookBuilder {
  /** Each has an Asciidoctor of its own. */
  private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

  private final Repo repo;
  private final Problems problems = new Problems();

  private BookBuilder(Repo repo) {
    this.repo = repo;
  }

  /** Returns the problems, one line each; the pages are written even so, to look at. */
  static List<String> build(Repo repo, Path output) throws IOException {
    return new BookBuilder(repo).build(output);
  }

  private List<String> build(Path output) throws IOException {
    var sources = new ArrayList<Source>();
    for (var file : Repo.files(repo.chapters(), "*.adoc")) {
      sources.add(Source.read(file, repo.name(file)));
    }
    sources.sort(Comparator.comparing(Source::order));

    empty(output);
    for (var asset : Repo.files(repo.theme(), "*.{css,js}")) {
      Files.copy(asset, output.resolve(asset.getFileName()));
    }
    var converted = convert(sources);
    var pages = sources.stream().map(converted::get).toList();
    Links.resolve(pages, problems);
    for (var page : pages) Quoting.check(page, problems);
    for (var page : pages) {
      var html = Layout.html(page, pages);
      Links.checkAssets(page.source(), html, output, problems);
      Files.writeString(output.resolve(page.fileName()), html);
    }
    return problems.found();
  }

  private Map<Source, Page> convert(List<Source> sources) throws IOException {
    var left = new ConcurrentLinkedQueue<>(sources);
    var pages = new ConcurrentHashMap<Source, Page>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var converters = new ArrayList<Future<?>>();
      for (int i = 0; i < THREADS; i++) {
        converters.add(threads.submit(() -> convert(left, pages), null));
      }
      for (var converter : converters) converter.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UncheckedIOException cause) throw cause.getCause();
      if (failed.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(failed);
    } catch (InterruptedException stop) {
      throw new BookError("stopped");
    }
    return pages;
  }

  private void convert(Queue<Source> left, Map<Source, Page> pages) {
    try (var converter = new Converter(repo, problems)) {
      for (Source next; (next = left.poll()) != null; ) pages.put(next, converter.page(next));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
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
