package ch01;
import org.junit.jupiter.api.*;
class ReplyTest { @Test void a() { Reply.bytes(); } }
