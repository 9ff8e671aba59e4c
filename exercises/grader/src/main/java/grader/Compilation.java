package grader;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Compiles an answer together with its checks. */
final class Compilation {
  /** They keep what they have read of the libraries. One for each compilation of the same time. */
  private static final Queue<StandardJavaFileManager> FILES = new ConcurrentLinkedQueue<>();

  private final Workbook workbook;
  private final Task task;
  private final Source answer;
  private final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();

  private Compilation(Workbook workbook, Task task, Source answer) {
    this.workbook = workbook;
    this.task = task;
    this.answer = answer;
  }

  /**
   * Puts the classes into a folder.
   *
   * @return what the compiler has against it; nothing if it compiles
   */
  static List<CompileError> compile(Workbook workbook, Task task, Path answer, Path classes) {
    Source source;
    try {
      source = Source.read(answer);
    } catch (Source.NotText notText) {
      return List.of(
          new CompileError(answer, 0, 0, "this is not UTF-8 text: save it as UTF-8", "", false));
    }
    try {
      return new Compilation(workbook, task, source).into(classes);
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      if (failed instanceof CannotWork known) throw known;
      throw new CannotWork("the compiler failed on " + answer, failed);
    }
  }

  private List<CompileError> into(Path classes) throws IOException {
    var kept = FILES.poll();
    var files =
        kept != null ? kept : Jdk.compiler().getStandardFileManager(null, Locale.ROOT, null);
    var errors = answer(files, classes);
    if (errors.isEmpty()) errors = checks(files, classes);
    // An interrupt closes the library that is being read: the next compilation opens it anew.
    if (Thread.currentThread().isInterrupted()) files.close();
    else FILES.add(files);
    return errors;
  }

  private List<CompileError> answer(StandardJavaFileManager files, Path classes)
      throws IOException {
    var javac = javac(files, classes, ClassPath.ofChecks(), List.of(answer));
    var parsed = javac.parse();
    if (!errors().isEmpty()) return errors();
    var misplaced = misplaced(parsed.iterator().next(), Trees.instance(javac));
    if (!misplaced.isEmpty()) return misplaced;
    javac.generate();
    return errors();
  }

  /** Against the classes of the answer; not again where those of an answer like it fit. */
  private List<CompileError> checks(StandardJavaFileManager files, Path classes)
      throws IOException {
    var checks = CheckClasses.of(workbook, task, classes);
    if (checks.write()) return List.of();
    var classPath = ClassPath.ofChecks() + File.pathSeparator + classes;
    var units = files.getJavaFileObjects(workbook.checks(task));
    javac(files, classes, classPath, units).generate();
    if (errors().isEmpty()) checks.keep();
    return errors();
  }

  private JavacTask javac(
      StandardJavaFileManager files,
      Path classes,
      String classPath,
      Iterable<? extends JavaFileObject> units) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    var options = options(classes, classPath);
    return (JavacTask) Jdk.compiler().getTask(nowhere, files, problems, options, null, units);
  }

  private List<String> options(Path classes, String classPath) {
    var options = new ArrayList<String>();
    // Said only where it changes something: it makes the compiler slower.
    if (Runtime.version().feature() != Jdk.NEEDED)
      options.addAll(List.of("--release", "" + Jdk.NEEDED));
    options.addAll(List.of("-proc:none", "-Xlint:none", "-g", "-implicit:class"));
    options.addAll(List.of("-encoding", "UTF-8", "-Xmaxerrs", "100"));
    options.addAll(List.of("-d", classes.toString()));
    options.addAll(List.of("-classpath", classPath));
    options.addAll(List.of("-sourcepath", String.join(File.pathSeparator, sourcePath())));
    return options;
  }

  /** Where helpers are: the checks' own, and the answer's, if it lies where its package says. */
  private List<String> sourcePath() {
    var folders = new ArrayList<>(List.of(workbook.checks().toString()));
    var file = answer.path().toAbsolutePath();
    if (file.endsWith(task.file())) folders.add(file.getParent().getParent().toString());
    return folders;
  }

  /** The checks would not find the class. Javac would blame them; the mistake is in the answer. */
  private List<CompileError> misplaced(CompilationUnitTree unit, Trees trees) {
    var declared = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    if (!declared.equals(task.packageName())) {
      var wanted = "package " + task.packageName() + ";";
      long at =
          declared.isEmpty()
              ? 0
              : trees.getSourcePositions().getStartPosition(unit, unit.getPackage());
      var line = unit.getLineMap().getLineNumber(at);
      var says = declared.isEmpty() ? "no package is declared" : "this is the package " + declared;
      return List.of(error(line, 1, says + "; the checks look in " + wanted));
    }
    var names =
        unit.getTypeDecls().stream()
            .filter(ClassTree.class::isInstance)
            .map(type -> ((ClassTree) type).getSimpleName().toString())
            .toList();
    if (names.contains(task.className())) return List.of();
    if (names.isEmpty()) return List.of(error(0, 0, missing("nothing")));
    long start = trees.getSourcePositions().getStartPosition(unit, unit.getTypeDecls().getFirst());
    return List.of(error(unit.getLineMap().getLineNumber(start), 1, missing(names.getFirst())));
  }

  private String missing(String declared) {
    return "this file declares %s; the checks call the class %s"
        .formatted(declared, task.className());
  }

  private CompileError error(long line, long column, String message) {
    return new CompileError(answer.path(), line, column, message, answer.line(line), false);
  }

  /** Those of the answer; if it has none, those of the checks that no longer fit it. */
  private List<CompileError> errors() {
    var all =
        problems.getDiagnostics().stream()
            .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
            .map(this::error)
            .toList();
    var own = all.stream().filter(error -> !error.inChecks()).toList();
    return own.isEmpty() ? all : own;
  }

  /** Types by their own names, as the command javac shows them: String, not java.lang.String. */
  private static String readable(String message) {
    return message
        .replaceAll("\\b(?:[a-z][a-z0-9]*\\.)+(?=[A-Z])", "")
        .replaceAll(",(?=\\S)", ", ");
  }

  private CompileError error(Diagnostic<? extends JavaFileObject> problem) {
    var file = problem.getSource() == null ? answer.path() : Path.of(problem.getSource().toUri());
    var message = readable(problem.getMessage(Locale.ROOT));
    if (problem.getSource() == null) return new CompileError(file, 0, 0, message, "", false);
    var source = problem.getSource() == answer ? answer : Source.read(file);
    long line = Math.max(0, problem.getLineNumber());
    // Not getColumnNumber: that counts a tab as up to eight.
    int at = (int) Math.max(0, problem.getPosition());
    long column = at - source.text().lastIndexOf('\n', at - 1);
    var inChecks = file.startsWith(workbook.checks());
    return new CompileError(file, line, column, message, source.line(line), inChecks);
  }
}
