///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION Send a picture, and know at both ends that it has arrived

// Lesson 06: a name, a size, exactly so many bytes, and a digest that both ends compare.
// Look for what a transfer that was cut half way leaves behind.
//
//   ./jbang 06 [PORT [FOLDER]]   keep files (8000, received); one conversation at a time
//   ./jbang 06 post PORT FILE    send a file there; get PORT FILE: bring it here
//   ./jbang 06 demo              a picture there and back

// tag::main[]
void main(String... args) {
  int words = args.length;
  boolean calls = words == 3 && args[0].matches("post|get");
  var port = words == 0 ? "8000" : calls ? args[1] : words < 3 ? args[0] : "none";
  int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : -1;
  try {
    if (words == 1 && port.equals("demo")) demo();
    else if (number < 0 || number > 65535)
      stop(2, "usage: ./jbang 06 [PORT [FOLDER] | post PORT FILE | get PORT FILE | demo]");
    else if (calls) call(args[0], number, Path.of(args[2]));
    else serve(number, Path.of(words == 2 ? args[1] : "received"));
  } catch (IOException failed) {
    stop(1, "port " + port + ": " + failed.getClass().getSimpleName() + ", " + failed.getMessage());
  }
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}
// end::main[]

// tag::serve[]
void serve(int port, Path folder) throws IOException {
  try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress("localhost", port))) {
    IO.println("Listening on localhost:" + listener.socket().getLocalPort());
    while (true) answerNext(listener, Files.createDirectories(folder));
  }
}

void answerNext(ServerSocketChannel listener, Path folder) throws IOException {
  var client = listener.accept();
  try (client) {
    IO.println("From port " + client.socket().getPort() + ":");
    say(client, answer(client, folder));
  } catch (IOException lost) {                  // this client's trouble ends with this client
    IO.println("  lost: " + lost.getMessage());
  }
}
// end::serve[]

// tag::answer[]
String answer(SocketChannel client, Path folder) throws IOException {
  try {
    var in = new BufferedInputStream(client.socket().getInputStream());
    var words = hear(in).split("[|]", -1);
    var file = fileIn(folder, words.length > 1 ? words[1] : "");
    if (words[0].equals("post") && words.length == 3) {
      long size = parseSize(words[2]);
      say(client, "send it");                   // what we refuse, nobody has sent yet
      return receive(in, size, file, false);
    }
    if (!words[0].equals("get") || words.length > 2 || !Files.exists(file))
      throw new ProtocolException("no such order, or no such file");
    say(client, "" + Files.size(file));
    return send(file, client);
  } catch (ProtocolException refused) {
    return "error|" + refused.getMessage();
  }
}
// end::answer[]

// tag::lines[]
static final int MAX_LINE_BYTES = 200;

String hear(InputStream in) throws IOException {
  var line = new StringBuilder();               // NOTE: they may be silent for ever; lesson 07
  for (int next; (next = in.read()) != '\n'; line.append((char) next)) {
    if (next < 0) throw new EOFException("closed before the end of a line");
    if (line.length() == MAX_LINE_BYTES) throw new ProtocolException("line over " + MAX_LINE_BYTES);
  }
  var text = line.toString().replaceAll("[^ -~]", "\uFFFD");    // a terminal obeys some of these
  IO.println("  < " + text);
  if (text.startsWith("error|")) throw new ProtocolException("they say " + text.substring(6));
  return text;
}

void say(SocketChannel peer, String line) throws IOException {
  IO.println("  > " + line);
  peer.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
}
// end::lines[]

// tag::name[]
Path fileIn(Path folder, String name) throws ProtocolException {
  var file = folder.resolve(name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") ? name : "");
  if (!Files.isDirectory(file) && !Files.isSymbolicLink(file)) return file;   // or none yet
  throw new ProtocolException("not the name of a plain file");
}
// end::name[]

// tag::size[]
static final long MAX_FILE_BYTES = 4L << 30;

long parseSize(String digits) throws ProtocolException {
  long size = digits.matches("[0-9]{1,12}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  if (size <= MAX_FILE_BYTES) return size;
  throw new ProtocolException("not a size from 0 to " + MAX_FILE_BYTES);
}
// end::size[]

// tag::receive[]
/** Takes exactly size bytes off the stream. In the end the file is whole, or as it was before. */
String receive(InputStream in, long size, Path file, boolean digestFollows) throws IOException {
  var part = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".part");
  try {
    try (var out = Files.newOutputStream(part)) {
      var chunk = new byte[64 * 1024];          // the same memory for every size
      for (long left = size; left > 0; show(size - left, size)) {
        int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (count < 0) throw new EOFException("closed " + left + " bytes too early");
        out.write(chunk, 0, count);
        left -= count;
      }
    }
    var digest = sha256(part);                  // of what the disk has, not of what went by
    if (digestFollows) compare(digest, hear(in));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return digest;
  } finally {
    Files.deleteIfExists(part);                 // gone already, if it was moved
  }
}
// end::receive[]

// tag::send[]
String send(Path file, SocketChannel peer) throws IOException {
  try (var from = FileChannel.open(file)) {
    for (long sent = 0; sent < from.size(); show(sent, from.size()))
      sent += from.transferTo(sent, 1 << 20, peer);
  }
  return sha256(file);
}
// end::send[]

// tag::digest[]
String sha256(Path file) throws IOException {
  try (var in = Files.newInputStream(file)) {
    var digest = MessageDigest.getInstance("SHA-256");
    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  } catch (NoSuchAlgorithmException impossible) {
    throw new AssertionError(impossible);       // every Java has it
  }
}

void compare(String ours, String theirs) throws IOException {
  if (!ours.equals(theirs)) throw new ProtocolException("here it is " + ours);
  IO.println("  the same at both ends");
}
// end::digest[]

// tag::call[]
void call(String order, int port, Path file) throws IOException {
  try (var server = SocketChannel.open(new InetSocketAddress("localhost", port))) {
    var in = new BufferedInputStream(server.socket().getInputStream());
    if (order.equals("get")) {
      say(server, "get|" + file.getFileName());
      receive(in, parseSize(hear(in)), file, true);
    } else {
      say(server, "post|" + file.getFileName() + "|" + Files.size(file));
      hear(in);
      compare(send(file, server), hear(in));
    }
  }
}
// end::call[]

// tag::show[]
void show(long done, long size) {
  if (done < size && System.console() == null) return;   // where nothing moves, one line will do
  int percent = (int) (100 * done / size);
  var bar = "  [%-10s] %3d %%  %d bytes".formatted("#".repeat(percent / 10), percent, done);
  IO.print(bar + (done < size ? "\r" : "\n"));  // at CR the next goes over this one
}
// end::show[]

// tag::demo[]
void demo() throws IOException {
  var home = Files.createTempDirectory("demo");
  var picture = Files.createDirectory(home.resolve("desk")).resolve("sea.ppm");
  Files.writeString(picture, "P6 128 64 255\n" + "@`\u007f".repeat(128 * 64));
  try (var one = Executors.newSingleThreadExecutor();
      var listener = ServerSocketChannel.open().bind(new InetSocketAddress("localhost", 0))) {
    one.submit(() -> { while (true) answerNext(listener, home); });
    for (var word : List.of("post", "get")) call(word, listener.socket().getLocalPort(), picture);
  } finally {
    for (var at : List.of("sea.ppm", "desk/sea.ppm", "desk", "")) Files.delete(home.resolve(at));
  }
}
// end::demo[]
