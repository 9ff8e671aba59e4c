package ch14;

import static ch14.Registry.Trigger.EDGE;
import static ch14.Registry.Trigger.LEVEL;

import ch14.Registry.Trigger;
import grader.Check;
import grader.Exercise;
import java.util.List;

@Exercise(
    id = "14.1",
    title = "Readiness registry",
    file = "ch14/Registry.java",
    level = 2,
    minutes = 35)
class RegistryTest {
  @Check(
      step = 1,
      value = "tells of those who can be read, and of nobody else",
      points = 1,
      read = "chapter 14, \"Level and edge\"")
  void whoCanBeRead() {
    for (var trigger : Trigger.values()) {
      new Story()
          .watch(5, "desk", trigger)
          .watch(6, "door", trigger)
          .tells("Nothing has come for anybody. An empty list is the answer then.")
          .arrive(6, 3)
          .tells("Bytes have come for 6, and it is watched as door.", "door");
      new Story()
          .watch(5, "desk", trigger)
          .arrive(5, 8)
          .read(5, 8)
          .tells(
              "All of it was read before anybody asked. News that is no longer true is not told:"
                  + " the loop would read, and get nothing.");
    }
    new Story()
        .watch(5, "desk", LEVEL)
        .arrive(5, 8)
        .read(5, 5, 5, "Eight are there, and there is room for five.")
        .read(5, 5, 3, "Three were left.")
        .read(5, 5, 0, "Nothing is there now. More may come, so it is not the end: 0, not -1.");
  }

  @Check(
      step = 2,
      value = "tells of a level every time, until all is read",
      points = 2,
      read = "chapter 14, \"Level and edge\"")
  void level() {
    var still =
        "Bytes are still there. LEVEL asks how things are, not what has happened: what has been"
            + " told is told again. This looks like an edge.";
    new Story()
        .watch(5, "desk", LEVEL)
        .arrive(5, 8)
        .tells("Bytes have come.", "desk")
        .tells(still, "desk")
        .read(5, 4)
        .tells(still, "desk")
        .read(5, 4)
        .tells("All is read. The level is down.")
        .arrive(5, 1)
        .tells("And up again.", "desk");
  }

  @Check(
      step = 3,
      value = "tells of an edge once, and again when more comes",
      points = 2,
      read = "chapter 14, \"Level and edge\"")
  void edge() {
    var once =
        "Nothing has come since it was told. EDGE tells of what happens, once. This looks like a"
            + " level.";
    new Story()
        .watch(5, "desk", EDGE)
        .arrive(5, 8)
        .tells("Bytes have come.", "desk")
        .tells(once)
        .read(5, 4)
        .tells(
            "A part was read, and nothing new has come. To read is no news: the other four lie"
                + " there, and nobody is told. That is what edges are feared for.")
        .arrive(5, 1)
        .tells(
            "A byte has come. That is news, though four were there before: an edge is an arrival,"
                + " not a step from none to some. Whoever has read a part only is never told again"
                + " otherwise.",
            "desk")
        .read(5, 5)
        .arrive(5, 2)
        .arrive(5, 2)
        .tells("Bytes have come, twice.", "desk")
        .tells("Two arrivals that nobody has asked about in between are told of once.");
  }

  @Check(
      step = 4,
      value = "tells of what came before it was watched",
      points = 1,
      read = "chapter 14, \"Level and edge\"")
  void before() {
    for (var trigger : Trigger.values()) {
      new Story()
          .arrive(5, 8)
          .tells("Nobody watches 5.")
          .watch(5, "desk", trigger)
          .tells(
              "The client was faster than the loop: it had spoken when its descriptor was"
                  + " registered. If that is not told, both wait for ever.",
              "desk")
          .forget(5)
          .arrive(5, 1)
          .tells("It is not watched any more.")
          .watch(5, "desk", trigger)
          .tells("To watch it anew asks anew: nine bytes are there.", "desk");
    }
    new Story()
        .watch(5, "desk", LEVEL)
        .watchAgain(5, "door", EDGE, "A second watch of the same descriptor is EEXIST.");
  }

  @Check(
      step = 5,
      value = "tells of the end, too",
      points = 1,
      read = "chapter 14, \"Level and edge\"")
  void end() {
    var news =
        "The end can be read: a read says -1. A loop that is not told keeps a dead connection.";
    new Story()
        .watch(5, "desk", LEVEL)
        .arrive(5, 2)
        .end(5)
        .tells("Two bytes, and the end behind them.", "desk")
        .read(5, 8, 2, "The bytes come first.")
        .tells(news, "desk")
        .read(5, 8, -1, "All is read, and no more will come.")
        .tells("To read the end does not take it away. Only close ends this.", "desk")
        .close(5)
        .tells("It is closed.");
    new Story()
        .watch(6, "door", EDGE)
        .end(6)
        .tells(news, "door")
        .tells("An edge, of the end as of bytes, is told of once.");
  }

  @Check(
      step = 6,
      value = "gives nothing of a closed descriptor to the next with its number",
      points = 1,
      read = "chapter 14, \"What people get wrong\"")
  void reuse() {
    var stale =
        "5 was closed, and what was known of it is about nobody. The number is another"
            + " connection's now, which has been sent nothing.";
    for (var trigger : Trigger.values()) {
      new Story()
          .watch(5, "desk", trigger)
          .arrive(5, 8)
          .close(5)
          .tells("It is closed.")
          .watch(5, "door", trigger)
          .tells(stale)
          .read(5, 8, 0, stale)
          .arrive(5, 1)
          .tells("5 is watched as door now.", "door");
      new Story()
          .watch(5, "desk", trigger)
          .arrive(5, 8)
          .close(5)
          .watch(5, "door", trigger)
          .tells(stale);
      new Story().watch(5, "desk", trigger).end(5).close(5).watch(5, "door", trigger).tells(stale);
    }
  }

  @Check(
      step = 7,
      value = "hands out a list that stays as it is",
      points = 1,
      read = "chapter 14, \"What people get wrong\"")
  void snapshot() {
    var means =
        "A loop goes through the list and closes, watches and forgets as it goes. The list is what"
            + " was true when it was asked for: make one of its own, and hand that out.";
    for (var trigger : Trigger.values()) {
      var story = new Story();
      for (int fd = 5; fd < 9; fd++) story.watch(fd, "caller " + fd, trigger).arrive(fd, 1);
      story.eachOf(
          List.of("caller 5", "caller 6", "caller 7", "caller 8"),
          means,
          () -> {
            for (int fd = 5; fd < 9; fd++) story.close(fd).watch(fd, "next " + fd, trigger);
            story.arrive(7, 1);
          });
    }
  }

  @Check(
      step = 8,
      value = "gives everybody a turn",
      points = 1,
      read = "chapter 14, \"epoll: the kernel keeps the list\"")
  void turns() {
    var turn =
        "Who has been told of goes behind those who have not. From the front each time, one busy"
            + " client would keep the others from ever being told of.";
    var story = new Story();
    for (int fd = 5; fd < 8; fd++) story.watch(fd, "caller " + fd, LEVEL);
    story
        .arrive(7, 9)
        .arrive(5, 9)
        .arrive(6, 9)
        .tells(2, "Whose news came first stands first.", "caller 7", "caller 5")
        .tells(2, turn, "caller 6", "caller 7")
        .tells(2, turn, "caller 5", "caller 6");

    var edges = new Story();
    for (int fd = 5; fd < 8; fd++) edges.watch(fd, "caller " + fd, EDGE).arrive(fd, 9);
    edges
        .tells(2, "There was room for two.", "caller 5", "caller 6")
        .tells(2, "The third keeps its place: it has not been told of yet.", "caller 7")
        .tells(2, "All have been told of, once.");
  }
}
