package book;

import java.io.IOException;
import org.asciidoctor.ast.StructuralNode;

/** {@code exercise::1.1[]}: what the exercise asks, what it is worth, where its file is. */
final class ExerciseMacro extends Macro {
  ExerciseMacro(Repo repo, Build build) {
    super("exercise", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var exercise = ExerciseText.read(repo, target);
    var steps = new StringBuilder();
    for (var step : exercise.steps()) {
      steps.append(
          "<li><span>%s</span> <span class=\"points\">%s</span></li>\n"
              .formatted(escape(step.behaviour()), points(step.points())));
    }
    html(
        block,
        """
        <section class="exercise" id="exercise-%1$s" aria-labelledby="exercise-%1$s-title">
        <h3 id="exercise-%1$s-title"><span>Exercise %1$s</span> %2$s</h3>
        <p class="facts"><span>level %3$d of 3</span> <span>%4$d minutes</span> <span>%5$s</span></p>
        <p>Write <code>exercises/mine/%6$s</code>, then run <code>./jbang check %1$s</code>.</p>
        <ol class="steps">
        %7$s</ol>
        </section>
        """
            .formatted(
                exercise.id(),
                escape(exercise.title()),
                exercise.level(),
                exercise.minutes(),
                points(exercise.points()),
                exercise.file(),
                steps));
  }

  private static String points(int points) {
    return points == 1 ? "1 point" : points + " points";
  }
}
