package grader;

import static java.util.Comparator.comparingInt;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;

/**
 * Reads the exercises off the annotations of their checks.
 *
 * <p>The sources are parsed and not compiled: that takes a fraction of the time, and it lists the
 * exercises even where a check calls something that a learner has broken. So an annotation's value
 * is a literal, or literals joined by +.
 */
final class Annotations {
  private Annotations() {}

  /** Those of the classes in these files that are marked as an {@link Exercise}. */
  static List<Task> read(List<Path> sources) throws IOException {
    var problems = new DiagnosticCollector<JavaFileObject>();
    var compiler = Jdk.compiler();
    try (var files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      var options = List.of("-proc:none");
      var parser = (JavacTask) compiler.getTask(null, files, problems, options, null, units);
      var tasks = stream(parser.parse()).flatMap(Annotations::exercises).toList();
      for (var problem : problems.getDiagnostics()) {
        if (problem.getKind() == Diagnostic.Kind.ERROR) throw new CannotWork(problem.toString());
      }
      return tasks;
    }
  }

  private static Stream<Task> exercises(CompilationUnitTree unit) {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .filter(type -> values(type.getModifiers().getAnnotations(), Exercise.class) != null)
        .map(type -> task(unit.getPackageName().toString(), type));
  }

  private static Task task(String packageName, ClassTree type) {
    var exercise = values(type.getModifiers().getAnnotations(), Exercise.class);
    return new Task(
        (String) exercise.get("id"),
        (String) exercise.get("title"),
        (String) exercise.get("file"),
        (int) exercise.get("level"),
        (int) exercise.get("minutes"),
        packageName + "." + type.getSimpleName(),
        type.getMembers().stream()
            .filter(MethodTree.class::isInstance)
            .flatMap(method -> criterion((MethodTree) method))
            .sorted(comparingInt(Criterion::step))
            .toList());
  }

  private static Stream<Criterion> criterion(MethodTree method) {
    var check = values(method.getModifiers().getAnnotations(), Check.class);
    if (check == null) return Stream.empty();
    return Stream.of(
        new Criterion(
            (int) check.get("step"),
            (String) check.get("value"),
            (int) check.get("points"),
            (String) check.get("read"),
            method.getName().toString()));
  }

  /** The values by their names, or null if there is no annotation of this type. */
  private static Map<String, Object> values(List<? extends AnnotationTree> all, Class<?> type) {
    for (var annotation : all) {
      var name = annotation.getAnnotationType().toString();
      if (name.equals(type.getSimpleName()) || name.equals(type.getName())) {
        var values = new HashMap<String, Object>();
        for (var argument : annotation.getArguments()) {
          var assignment = (AssignmentTree) argument;
          values.put(assignment.getVariable().toString(), constant(assignment.getExpression()));
        }
        return values;
      }
    }
    return null;
  }

  private static Object constant(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal -> literal.getValue();
      case ParenthesizedTree inner -> constant(inner.getExpression());
      case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS ->
          "" + constant(sum.getLeftOperand()) + constant(sum.getRightOperand());
      default -> throw new CannotWork(expression + " in an annotation of a check is not a literal");
    };
  }

  private static <T> Stream<T> stream(Iterable<? extends T> all) {
    return StreamSupport.stream(all.spliterator(), false).map(each -> (T) each);
  }
}
