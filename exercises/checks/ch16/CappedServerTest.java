package ch16;

import static ch16.Counter.HELLO;
import static grader.Given.given;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.util.ArrayList;
import java.util.List;

@Exercise(
    id = "16.1",
    title = "Capped thread per client",
    file = "ch16/CappedServer.java",
    level = 2,
    minutes = 40)
class CappedServerTest {
  @Check(
      step = 1,
      value = "talks to one client while another is silent",
      points = 2,
      read = "chapter 16, \"A thread for each\"")
  void talks() throws Exception {
    int count = 5;
    try (var counter = new Counter(10)) {
      var callers = new ArrayList<Caller>();
      for (int i = 1; i <= count; i++) {
        callers.add(counter.call());
        wantsHello(
            given(
                i == 1
                    ? "a client, who waits for the server to speak"
                    : "client %d, while those before it are there and say nothing".formatted(i)),
            counter,
            callers.getFirst(),
            callers.getLast());
      }
      for (int i = count; i > 0; i--) {
        var line = "client " + i;
        callers.get(i - 1).say(line);
        wantsLine(
            given(
                "five clients, who all have heard %s and now speak, the last one first"
                    .formatted(HELLO)),
            line,
            callers.get(i - 1).hear(),
            "The first client's thread waits for the first client only. Whoever reads from one"
                + " after the other lets a silent one stop all.");
      }
      given("five clients, all of whom are there")
          .wants(
              "5 threads of the factory's, one for each",
              counter.threadsUsed() == count
                  ? "5 threads of the factory's, one for each"
                  : "%d threads of the factory's".formatted(counter.threadsUsed()),
              "The threads come from the factory: it names them, counts them, and decides of what"
                  + " kind they are.");
    }
  }

  private static void wantsHello(Given given, Counter counter, Caller first, Caller caller)
      throws Exception {
    var got = caller.hear();
    counter.rethrow();
    if (got.equals(HELLO)) return;
    if (counter.thrown() != null || !counter.isServing()) {
      throw given.wrong(
          "the client hears " + HELLO,
          counter.end(),
          "The server has ended, and its clients have not. Whoever calls now is in a queue that"
              + " nobody empties.");
    }
    throw given.wrong(
        "the client hears " + HELLO,
        "the client hears " + got,
        counter.handledOnServingThread(first)
            ? "The conversation runs on the thread that accepts. This looks like run(), which is a"
                + " call like any other: the caller waits until it returns. start() is what makes a"
                + " thread of it."
            : caller.wire.near().isClosed()
                ? "The client is closed before its thread has talked to it. A try with resources"
                    + " closes at the end of its block, and start() has returned long before the"
                    + " conversation is over. Whoever ends the conversation closes the socket."
                : "It is connected, and not served, though there is place. This looks like code"
                    + " that waits for one conversation before it accepts for the next: join()"
                    + " waits for a thread to end.");
  }

  private static void wantsLine(Given given, String wanted, String got, String means) {
    if (wanted.equals(got)) return;
    throw given.wrong("the client hears " + wanted, "the client hears " + got, means);
  }

  @Check(
      step = 2,
      value = "leaves in the accept queue whoever has no place",
      points = 2,
      read = "chapter 16, \"A place before a client\"")
  void leavesTheRest() throws Exception {
    for (int most : new int[] {1, 3}) {
      try (var counter = new Counter(most)) {
        var callers = callers(counter, most);
        counter.call();
        counter.call();
        counter.awaitItsRest();
        var given = given("%s, and two more clients".formatted(full(most)));
        if (counter.accepted() > most) {
          throw given.wrong(
              "%s accepted".formatted(clients(most)),
              "%s accepted, %d of them handled"
                  .formatted(clients(counter.accepted()), counter.handled()),
              counter.handled() > most
                  ? "There is no cap. On a busy day this is a thread for each of thousands."
                  : "The others hold a descriptor, and wait in here: in front of a semaphore, or in"
                      + " the queue of a pool, which has no end. A client that is accepted thinks"
                      + " it is served. Take the place before you accept.");
        }
        given.wants(
            "no call of accept while all places are taken",
            counter.acceptedTooEarly()
                ? "a call of accept while all places are taken"
                : "no call of accept while all places are taken",
            "Whom it returns is accepted, and has no place. This looks like accept first and the"
                + " place after it. It is one client more than may be, and deaf.");
        callers.getLast().say("still there");
        wantsLine(
            given, "still there", callers.getLast().hear(), "Those who have a place are served.");
      }
    }
  }

  private static String full(int most) {
    return most == 1
        ? "a server with 1 place, taken by a client who stays"
        : "a server with %d places, taken by clients who stay".formatted(most);
  }

  private static String clients(int count) {
    return count == 1 ? "1 client" : count + " clients";
  }

  /** So many clients, all of whom have heard the server. */
  private static List<Caller> callers(Counter counter, int count) throws Exception {
    var callers = new ArrayList<Caller>();
    for (int i = 0; i < count; i++) {
      callers.add(counter.call());
      wantsHello(
          given("a client for whom there is a place"),
          counter,
          callers.getFirst(),
          callers.getLast());
    }
    return callers;
  }

  @Check(
      step = 3,
      value = "lets client and thread go when the handler is done",
      points = 1,
      read = "chapter 16, \"A thread for each\"")
  void closes() throws Exception {
    try (var counter = new Counter(2)) {
      for (int i = 1; i <= 5; i++) {
        var given = given("client %d, whose handler has returned".formatted(i));
        var caller = callers(counter, 1).getFirst();
        caller.say("bye");
        wantsLine(
            given,
            "[end]",
            caller.hear(),
            "The conversation is over and the connection is not: the client waits, and its"
                + " descriptor stays open. The last who knows of this socket is its thread.");
        given.wants(
            "its thread has ended",
            counter.threadEnds(caller) ? "its thread has ended" : "its thread is still there",
            "This looks like a pool: its threads stay and wait for the next client. That is a good"
                + " thing to have, and not what was asked for: a thread that serves one client has"
                + " nothing of another's on it, and a quiet night needs no threads.");
      }
    }
  }

  @Check(
      step = 4,
      value = "takes the next client as soon as any place is free",
      points = 1,
      read = "chapter 16, \"A place before a client\"")
  void takesTheNext() throws Exception {
    try (var counter = new Counter(2)) {
      var callers = callers(counter, 2);
      var leaving = callers.getLast();
      for (int i = 3; i <= 6; i++) {
        var next = counter.call();
        leaving.say("bye");
        leaving.hear();
        wantsLine(
            given(
                "2 places, client 1 stays, client %d has left, and client %d waits"
                    .formatted(i - 1, i)),
            HELLO,
            next.hear(),
            counter.accepted() < i
                ? "A place is free, and it is not used. Either nobody gives it back, or the server"
                    + " waits for one client in particular, or for all of them: join() waits for"
                    + " one thread, and any of them may be the next to end."
                : "It is accepted, and not served.");
        leaving = next;
      }
      callers.getFirst().say("still here");
      wantsLine(
          given("client 1, who was there all the time"),
          "still here",
          callers.getFirst().hear(),
          "Its conversation is its own.");
    }
  }

  @Check(
      step = 5,
      value = "goes on after a handler has thrown",
      points = 1,
      read = "chapter 16, \"When the handler throws\"")
  void goesOn() throws Exception {
    for (var word : List.of("loss", "bug")) {
      try (var counter = new Counter(10)) {
        var callers = callers(counter, 2);
        var given = given("a handler that throws " + thrownAt(word));
        callers.getFirst().say(word);
        wantsLine(
            given, "[end]", callers.getFirst().hear(), "Closed, however the handler has ended.");
        for (int i = 1; i <= 3; i++) {
          var next = counter.call();
          wantsHello(
              given(
                  "%s, and %s after it"
                      .formatted("a handler that throws " + thrownAt(word), clients(i))),
              counter,
              callers.getLast(),
              next);
        }
        callers.getLast().say("still here");
        wantsLine(
            given,
            "still here",
            callers.getLast().hear(),
            "One client's trouble is that client's: the others never learn of it.");
      }
    }
  }

  private static String thrownAt(String word) {
    return word.equals("loss") ? "an IOException" : "an IllegalStateException";
  }

  @Check(
      step = 6,
      value = "gets the place back from a handler that has thrown",
      points = 1,
      read = "chapter 16, \"When the handler throws\"")
  void getsThePlaceBack() throws Exception {
    for (var word : List.of("loss", "bug")) {
      try (var counter = new Counter(3)) {
        for (var caller : callers(counter, 3)) {
          caller.say(word);
          caller.hear();
        }
        for (int i = 1; i <= 3; i++) {
          wantsLine(
              given("3 places, and 3 handlers that have thrown " + thrownAt(word)),
              HELLO,
              counter.call().hear(),
              "Only %s. A place that is given back after the handler is not given back when the"
                      .formatted(
                          i == 1
                              ? "0 of the places are left"
                              : "%d of 3 places are left".formatted(i - 1))
                  + " handler throws: on a bad day the server loses them one by one, and then it"
                  + " accepts nobody, without a word. Give it back in a finally.");
        }
      }
    }
  }

  @Check(
      step = 7,
      value = "outlives a thread that cannot be started",
      points = 1,
      read = "chapter 16, \"When there is no thread\"")
  void noThread() throws Exception {
    try (var counter = new Counter(2)) {
      var given =
          given("2 places, and start() that throws OutOfMemoryError for the first 3 clients");
      counter.failStarts(3);
      for (int i = 1; i <= 3; i++) {
        var got = counter.call().hear();
        if (counter.thrown() != null) {
          throw given.wrong(
              "a server that goes on",
              counter.end(),
              "It is an Error, and no catch of exceptions sees it. The machine had no thread to"
                  + " give at this moment. In a second it may have one; by then this server is"
                  + " over.");
        }
        wantsLine(
            given,
            "[end]",
            got,
            i <= 2
                ? "The client is accepted, and no thread will ever know of it. Whoever fails to"
                    + " hand it over still owns it, and closes it."
                : "Two starts have failed, and both places are gone. No thread has taken them, so"
                    + " no thread gives them back.");
      }
      for (int i = 1; i <= 2; i++) {
        wantsLine(
            given,
            HELLO,
            counter.call().hear(),
            "Threads can be had again, and the places have not come back: no thread has taken them,"
                + " so no thread gives them back.");
      }
    }
  }

  @Check(
      step = 8,
      value = "ends with its last conversation",
      points = 1,
      read = "chapter 16, \"An orderly stop\"")
  void ends() throws Exception {
    for (int most : new int[] {2, 10}) {
      try (var counter = new Counter(most)) {
        var callers = callers(counter, 2);
        var given = given("a listener that is closed while 2 clients of %d talk".formatted(most));
        counter.closeListener();
        counter.awaitItsRest();
        var last = callers.getLast();
        last.say("one more thing");
        wantsLine(
            given,
            "one more thing",
            last.hear(),
            "The server stops, and this conversation has not ended. To close the listener means:"
                + " nobody new.");
        wantsServing(given, counter);
        for (var caller : callers) {
          wantsServing(given, counter);
          caller.say("bye");
          caller.hear();
        }
        if (!counter.ends()) {
          throw given.wrong(
              "serve returns when both have left",
              "serve goes on",
              "Nobody is there, nobody can come any more, and somebody waits for this method to"
                  + " return.");
        }
        given.wants(
            "serve has returned",
            counter.end(),
            counter.thrown() instanceof Counter.Spinning
                ? "A closed listener throws at every call, at once: a loop that goes on whatever"
                    + " accept throws is a loop that never ends."
                : "That the listener is closed is how serve is told to stop. It is no failure.");
      }
    }
  }

  private static void wantsServing(Given given, Counter counter) {
    if (counter.isServing()) return;
    throw given.wrong(
        "serve returns after the last of them",
        counter.end() + " while a client is there",
        counter.thrown() instanceof Counter.Spinning
            ? "A closed listener throws at every call, at once: a loop that goes on whatever accept"
                + " throws is a loop that never ends."
            : counter.thrown() != null
                ? "That the listener is closed is how serve is told to stop. It is no failure."
                : "Whoever has called serve takes its return for the end: it exits, and cuts off"
                    + " those who talk. All places are free again when the last has left.");
  }
}
