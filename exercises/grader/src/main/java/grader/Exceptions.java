package grader;

import java.util.Optional;

/** What the exceptions of this field mean. */
final class Exceptions {
  private Exceptions() {}

  static Optional<String> inWords(String simpleName) {
    return Optional.ofNullable(
        switch (simpleName) {
          case "NullPointerException" -> "Something is null there that is used as an object.";
          case "ArrayIndexOutOfBoundsException",
              "StringIndexOutOfBoundsException",
              "IndexOutOfBoundsException" ->
              "An index lies outside. Did less arrive than the code counts on?";
          case "BufferUnderflowException" ->
              "The buffer holds fewer bytes than are taken. Is a flip() missing?";
          case "BufferOverflowException" ->
              "The buffer has no room left for the bytes that are put.";
          case "NumberFormatException" -> "The text there is no number.";
          case "NegativeArraySizeException" ->
              "The size of the array is negative: a read() that returned -1?";
          case "EOFException" -> "The stream ended before all was there.";
          case "SocketTimeoutException" -> "Nothing came in the time that was set for it.";
          case "ConnectException" -> "Nobody listens there.";
          case "BindException" -> "The address is taken, or is none of this machine's.";
          case "UnknownHostException" -> "No address is known for that name.";
          case "ClosedChannelException", "AsynchronousCloseException" ->
              "The channel is closed already.";
          case "ClosedByInterruptException" -> "An interrupt closed the channel.";
          case "NotYetConnectedException" -> "The channel is not connected yet.";
          case "IllegalBlockingModeException" -> "A stream needs a channel that blocks.";
          case "CancelledKeyException" -> "The key is cancelled: its channel was closed.";
          case "ConcurrentModificationException" ->
              "The collection changes while something goes over it.";
          case "UnsupportedOperationException" -> "Is it a collection that cannot be changed?";
          case "NoSuchElementException" -> "It asks for an element where none is left.";
          default -> null;
        });
  }
}
