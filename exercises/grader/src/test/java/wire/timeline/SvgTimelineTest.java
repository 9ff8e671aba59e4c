package wire.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import wire.Event;
import wire.Recording;
import wire.Side;

class SvgTimelineTest {
  private static final int SEEDS = Boolean.getBoolean("all") ? 60 : 6;
  private static final SvgTimeline FIGURE = new SvgTimeline("sample", "What crossed the wire");

  @Test
  void isWellFormedWhateverItHolds() throws Exception {
    for (var timeline : Samples.timelines().values()) parse(FIGURE.svg(timeline));
    for (int seed = 0; seed < SEEDS; seed++) {
      parse(FIGURE.svg(Timeline.of(Samples.random(seed)).markEnd("the end")));
    }
  }

  @Test
  void hostileBytesStayText() throws Exception {
    for (var hostile : Samples.HOSTILE) {
      var bytes = Event.data(0, 1, Side.CLIENT, hostile.getBytes(UTF_8));
      var timeline =
          Timeline.of(new Recording(List.of(bytes))).names(hostile, hostile).mark(0, hostile);
      var figure = new SvgTimeline("sample", hostile).figure(timeline, "A caption");
      assertThat(figure).doesNotContain("<script").doesNotContain("<!--");
      // The book turns pictures of control characters into HTML, which has no place in a drawing.
      assertThat(figure).matches("(?s)[^\\p{Cc}\\p{Cf}\\u2400-\\u2421\\u2028\\u2029]*");
      assertThat(elements(parse(figure), "svg")).hasSize(1);
      assertThat(elements(parse(figure), "script")).isEmpty();
    }
  }

  @Test
  void titleAndDescriptionTellAllOfIt() throws Exception {
    var svg = parse(FIGURE.svg(Samples.timelines().get("http")));
    assertThat(elements(svg, "title")).hasSize(1);
    assertThat(elements(svg, "title").getFirst().getTextContent())
        .isEqualTo("What crossed the wire");
    assertThat(elements(svg, "desc").getFirst().getTextContent())
        .isEqualTo(
            "curl connects. "
                + "curl sends 78 bytes: GET / HTTP/1.1 CR LF Host: localhost:8080 CR LF "
                + "User-Agent: curl/7.88.1 CR LF Accept: */* CR LF CR LF. "
                + "lesson 01 sends 128 bytes: HTTP/1.1 200 OK CR LF "
                + "Content-Type: text/html; charset=utf-8 CR LF Content-Length: 30 CR LF "
                + "Connection: close CR LF CR LF <h1>Hello, world! 你好!</h1>. "
                + "both sides have finished sending (FIN): closed.");
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("timeline-sample-title");
    assertThat(svg.getAttribute("aria-describedby")).isEqualTo("timeline-sample-desc");
  }

  @Test
  void everyStepHasItsSentence() throws Exception {
    for (var timeline : Samples.timelines().values()) {
      var svg = parse(FIGURE.svg(timeline));
      var steps = elements(svg, "g");
      var description = elements(svg, "desc").getFirst().getTextContent();
      assertThat(steps).hasSameSizeAs(timeline.steps());
      assertThat(steps)
          .allMatch(step -> step.getAttribute("class").equals("step"))
          .allMatch(step -> !step.getAttribute("data-says").isEmpty())
          .allMatch(step -> description.contains(step.getAttribute("data-says")));
    }
  }

  @Test
  void theEndIsAStepOfItsOwn() throws Exception {
    var svg = parse(FIGURE.svg(Timeline.of(new Recording(List.of())).markEnd("nobody called")));
    assertThat(elements(svg, "g")).hasSize(1);
    assertThat(elements(svg, "desc").getFirst().getTextContent())
        .isEqualTo("nothing happened. nobody called.");
  }

  @Test
  void theHalfClosedSpanRunsFromOneFinToTheOther() throws Exception {
    var svg = parse(FIGURE.svg(Samples.timelines().get("half-close")));
    var half =
        elements(svg, "line").stream()
            .filter(line -> line.getAttribute("class").equals("half"))
            .toList();
    var steps = Samples.timelines().get("half-close").steps();
    assertThat(half).hasSize(3); // the FIN, the answer, the other FIN
    assertThat(steps).hasSize(7);
    for (int at = 1; at < half.size(); at++) {
      assertThat(half.get(at).getAttribute("x1")).isEqualTo("12");
      assertThat(half.get(at).getAttribute("y1")).isEqualTo(half.get(at - 1).getAttribute("y2"));
    }
  }

  @Test
  void nothingLeavesTheDrawing() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var svg = parse(FIGURE.svg(Timeline.of(Samples.random(seed))));
      double height = Double.parseDouble(svg.getAttribute("viewBox").split(" ")[3]);
      for (var box : elements(svg, "rect")) {
        assertThat(number(box, "x")).isBetween(12.0, 428.0);
        assertThat(number(box, "x") + number(box, "width")).isBetween(12.0, 428.0);
        assertThat(number(box, "y") + number(box, "height")).isBetween(0.0, height);
      }
      for (var text : elements(svg, "text")) {
        assertThat(number(text, "y")).isBetween(0.0, height);
        if (!text.getAttribute("textLength").isEmpty()) {
          assertThat(number(text, "x") + number(text, "textLength")).isBetween(12.0, 428.0);
        }
      }
    }
  }

  @Test
  void isTheSameEveryTimeAndEverywhere() {
    var before = Locale.getDefault();
    var drawn = Samples.timelines().values().stream().map(FIGURE::svg).toList();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Samples.timelines().values().stream().map(FIGURE::svg).toList()).isEqualTo(drawn);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void idsBeginWithTheName() throws Exception {
    var timeline = Samples.timelines().get("http");
    var page =
        "<div>"
            + new SvgTimeline("one", "One").figure(timeline, "One")
            + new SvgTimeline("two", "Two").figure(timeline, "Two")
            + "</div>";
    var ids =
        elements(parse(page), "*").stream()
            .map(element -> element.getAttribute("id"))
            .filter(id -> !id.isEmpty())
            .toList();
    assertThat(ids).doesNotHaveDuplicates().contains("timeline-one", "timeline-two");
    assertThatThrownBy(() -> new SvgTimeline("no name", "One"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<Element> elements(Element root, String name) {
    var found = new ArrayList<Element>();
    if (name.equals(root.getTagName())) found.add(root);
    var below = root.getElementsByTagName(name);
    for (int at = 0; at < below.getLength(); at++) found.add((Element) below.item(at));
    return found;
  }

  private static Element parse(String xml)
      throws ParserConfigurationException, IOException, SAXException {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null); // it would print what it also throws
    return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
  }
}
