package grader;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;

/** What most checks do: passing, failing, and talking over a wire. No learner sees it. */
@Exercise(id = "0.0", title = "Rehearsal", file = "none", level = 0, minutes = 0)
final class Rehearsal {
  private static final byte[] LINE = "0\r\n".getBytes(US_ASCII);

  @Check(step = 1, value = "compares", points = 0, read = "nothing")
  void compares() {
    given("%,d lines".formatted(1_000)).wants("3", "" + LINE.length, "");
    given("a line").wants(LINE, LINE.clone(), "");
    given("nothing").throwing(CannotWork.class, Rehearsal::fail, "");
    Bytes.visible(LINE).lines().filter(line -> line.matches(".*␍␊")).count();
  }

  private static void fail() {
    throw new CannotWork("");
  }

  @Check(step = 2, value = "talks", points = 0, read = "nothing")
  void talks() throws IOException {
    try (var wire = Wire.open()) {
      wire.paced(List.of(LINE, LINE), Wire::sendEnd).readAllBytes();
      wire.near().getOutputStream().write(LINE);
      wire.far().getInputStream().readNBytes(LINE.length);
    }
  }

  @Check(step = 3, value = "fails", points = 0, read = "nothing")
  void fails() throws IOException {
    try (var wire = Wire.open()) {
      wire.send(LINE);
      given("a line").wants(LINE, new byte[0], "");
    }
  }
}
