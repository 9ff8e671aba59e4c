// Believes: closing the socket ends everything of a member.
// Rejected by: ChatRoomTest "lets a member leave, with all that was its own"
package ch17;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;

public final class ChatRoom {
  public static final int MOST_LINES = 100;
  public static final int MAX_LINE_BYTES = 2 * 1024;

  private final ThreadFactory threads;
  private Person[] people = {};
  private boolean closed;

  public ChatRoom(ThreadFactory threads) {
    this.threads = threads;
  }

  public synchronized void enter(Socket member) throws IOException {
    if (closed) {
      member.close();
      return;
    }
    Person person = new Person();
    person.socket = member;
    person.listening = threads.newThread(() -> listen(person));
    person.writing = threads.newThread(() -> write(person));
    people = Arrays.copyOf(people, people.length + 1);
    people[people.length - 1] = person;
    person.listening.start();
    person.writing.start();
  }

  private void listen(Person person) {
    try (Socket socket = person.socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (byte[] line = readLine(in); line != null; line = readLine(in)) say(line, person);
    } catch (IOException e) {
      System.out.println("a member is lost: " + e.getMessage());
    }
    remove(person);
  }

  private synchronized void say(byte[] line, Person speaker) {
    if (closed) return;
    for (Person person : people) {
      if (person == speaker) continue;
      if (person.skipped == 0 && person.count < MOST_LINES) person.append(line);
      else person.skipped++;
      notifyAll();
    }
  }

  private void write(Person person) {
    try {
      OutputStream out = person.socket.getOutputStream();
      for (byte[] line = next(person); line != null; line = next(person)) out.write(line);
      out.write("* the room is closed\n".getBytes());
      person.socket.close();
    } catch (IOException e) {
      remove(person);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized byte[] next(Person person) throws InterruptedException {
    while (person.count == 0 && person.skipped == 0 && !closed) wait();
    if (person.count > 0) return person.removeFirst();
    if (person.skipped == 0) return null;
    String missed = "* " + person.skipped + " lines missed\n";
    person.skipped = 0;
    return missed.getBytes();
  }

  private synchronized void remove(Person gone) {
    people = Arrays.stream(people).filter(p -> p != gone).toArray(Person[]::new);
  }

  public void shutdown(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    Person[] last;
    synchronized (this) {
      closed = true;
      notifyAll();
      last = people;
    }
    for (Person person : last) {
      long nanos = until - System.nanoTime();
      if (nanos > 0) person.writing.join(Duration.ofNanos(nanos));
      try {
        person.socket.close();
      } catch (IOException e) {
        System.out.println("close: " + e.getMessage());
      }
      person.writing.join();
      person.listening.join();
    }
  }

  private static class Person {
    Socket socket;
    Thread listening;
    Thread writing;
    int skipped;

    byte[][] lines = new byte[MOST_LINES][]; // the first is at 0
    int count;

    void append(byte[] line) {
      lines[count++] = line;
    }

    byte[] removeFirst() {
      byte[] first = lines[0];
      System.arraycopy(lines, 1, lines, 0, --count);
      return first;
    }
  }

  static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = 0; next != '\n'; line.write(next)) {
      next = in.read();
      if (next < 0 && line.size() == 0) return null;
      if (next < 0) throw new EOFException("closed in the middle of a line");
      if (next != '\n' && line.size() == MAX_LINE_BYTES) throw new IOException("line too long");
    }
    return line.toByteArray();
  }
}
