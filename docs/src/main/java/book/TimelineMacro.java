package book;

import java.io.IOException;
import java.nio.file.Files;
import org.asciidoctor.ast.StructuralNode;
import wire.Recording;
import wire.timeline.SvgTimeline;

/** {@code timeline::01-wire[Caption.]}: what passed on the wire in a session that is tapped. */
final class TimelineMacro extends Macro {
  TimelineMacro(Repo repo, Build build) {
    super("timeline", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var file = repo.sessions().resolve(target + ".session");
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    var wire = Wire.file(file);
    if (!Files.exists(wire)) throw new BookError("no such file: " + repo.name(wire));
    var session = Session.read(file, repo.name(file));
    var timeline = Wire.timeline(Recording.parse(Files.readString(wire)), session);
    var caption = inline(text.isEmpty() ? session.caption() : text);
    html(block, new SvgTimeline(target, session.caption()).figure(timeline, caption));
  }
}
