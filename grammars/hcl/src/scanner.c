// Heredoc bodies: the only part of HCL whose end depends on an earlier word.
// Tokens are only asked for after "<<" and inside a heredoc, so nothing else pays for the scanner.
#include "tree_sitter/parser.h"
#include "tree_sitter/alloc.h"
#include <string.h>

enum { MARKER, TEXT, END, RECOVERING };
enum { LIMIT = 240, MARKER_LIMIT = 60 };

// Markers of the open heredocs, innermost last, each as its UTF-8 bytes before its length; and whether the
// innermost heredoc stands at the start of a line, where its end may come.
typedef struct { unsigned char size, line_start, bytes[LIMIT]; } Markers;

void *tree_sitter_hcl_external_scanner_create(void) { return ts_calloc(1, sizeof(Markers)); }
void tree_sitter_hcl_external_scanner_destroy(void *p) { ts_free(p); }

unsigned tree_sitter_hcl_external_scanner_serialize(void *p, char *out) {
  Markers *m = p;
  if (m->size == 0) return 0;
  out[0] = (char)m->line_start;
  memcpy(out + 1, m->bytes, m->size);
  return m->size + 1u;
}

void tree_sitter_hcl_external_scanner_deserialize(void *p, const char *in, unsigned size) {
  Markers *m = p;
  m->size = 0;
  m->line_start = 0;
  if (size == 0 || size > LIMIT + 1) return;
  m->line_start = (unsigned char)in[0];
  m->size = (unsigned char)(size - 1);
  memcpy(m->bytes, in + 1, m->size);
}

static bool is_name_start(int32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_name(int32_t c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-'; }

// Writes a character's UTF-8 bytes; returns how many.
static unsigned put(unsigned char *to, int32_t c) {
  if (c < 0x80) { to[0] = (unsigned char)c; return 1; }
  if (c < 0x800) { to[0] = (unsigned char)(0xC0 | c >> 6); to[1] = (unsigned char)(0x80 | (c & 0x3F)); return 2; }
  if (c < 0x10000) {
    to[0] = (unsigned char)(0xE0 | c >> 12);
    to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    to[2] = (unsigned char)(0x80 | (c & 0x3F));
    return 3;
  }
  to[0] = (unsigned char)(0xF0 | c >> 18);
  to[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
  to[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
  to[3] = (unsigned char)(0x80 | (c & 0x3F));
  return 4;
}

static bool scan_marker(Markers *m, TSLexer *lexer) {
  unsigned start = m->size, n = 0;
  if (!is_name_start(lexer->lookahead)) return false;
  while (is_name(lexer->lookahead)) {
    if (n + 4 > MARKER_LIMIT || start + n + 5 > LIMIT) return false;
    n += put(m->bytes + start + n, lexer->lookahead);
    lexer->advance(lexer, false);
  }
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r') lexer->advance(lexer, false);
  if (lexer->lookahead != '\n') return false;
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  m->bytes[start + n] = (unsigned char)n;
  m->size = (unsigned char)(start + n + 1);
  m->line_start = 1;
  lexer->result_symbol = MARKER;
  return true;
}

// Whether "${ a.b[0] }" follows, the "${" being consumed: nothing but a name inside. Consumes what it looks at.
static bool scan_plain_interpolation(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') lexer->advance(lexer, false);
  if (!is_name_start(lexer->lookahead)) return false;
  bool bracket = false;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (bracket) {
      if (c == ']') bracket = false;
      else if (!((c >= '0' && c <= '9') || c == '*')) return false;
    } else if (c == '[') {
      bracket = true;
    } else if (!is_name(c) && c != '.') {
      break;
    }
    lexer->advance(lexer, false);
  }
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') lexer->advance(lexer, false);
  if (lexer->lookahead != '}') return false;
  lexer->advance(lexer, false);
  return true;
}

static bool scan_body(Markers *m, TSLexer *lexer) {
  if (m->size == 0) return false;
  unsigned n = m->bytes[m->size - 1];
  if (n + 1u > m->size) return false;
  const unsigned char *marker = m->bytes + m->size - 1 - n;
  bool any = false;
  // An interpolation may stand between: what was noted then is about another place of the line.
  bool line_start = m->line_start != 0 && lexer->get_column(lexer) == 0;
  m->line_start = 0;
  lexer->mark_end(lexer);
  for (;;) {
    if (line_start) {
      line_start = false;
      bool looked = false;
      while (lexer->lookahead == ' ' || lexer->lookahead == '\t') { lexer->advance(lexer, false); looked = true; }
      unsigned i = 0;
      while (i < n) {
        unsigned char bytes[4];
        unsigned length = put(bytes, lexer->lookahead);
        if (i + length > n || memcmp(bytes, marker + i, length) != 0) break;
        lexer->advance(lexer, false);
        i += length;
        looked = true;
      }
      if (i == n) {
        if (!any) lexer->mark_end(lexer);
        while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r') lexer->advance(lexer, false);
        if (lexer->lookahead == '\n' || lexer->eof(lexer)) {
          if (any) {
            m->line_start = 1;
            lexer->result_symbol = TEXT;
            return true;
          }
          m->size = (unsigned char)(m->size - n - 1);
          lexer->result_symbol = END;
          return true;
        }
      }
      if (looked) { any = true; lexer->mark_end(lexer); }
    }
    if (lexer->eof(lexer)) { lexer->result_symbol = TEXT; return any; }
    int32_t c = lexer->lookahead;
    if (c == '$' || c == '%') {
      lexer->mark_end(lexer);
      lexer->advance(lexer, false);
      if (lexer->lookahead == '{') {
        lexer->advance(lexer, false);
        if (c != '$' || !scan_plain_interpolation(lexer)) { lexer->result_symbol = TEXT; return any; }
      } else if (lexer->lookahead == c) {
        // "$${" and longer runs are escaped openers.
        while (lexer->lookahead == c) lexer->advance(lexer, false);
        if (lexer->lookahead == '{') lexer->advance(lexer, false);
      }
    } else {
      lexer->advance(lexer, false);
      line_start = c == '\n';
    }
    any = true;
    lexer->mark_end(lexer);
  }
}

bool tree_sitter_hcl_external_scanner_scan(void *p, TSLexer *lexer, const bool *valid) {
  if (valid[RECOVERING]) return false;
  if (valid[MARKER]) return scan_marker(p, lexer);
  if (valid[TEXT] || valid[END]) return scan_body(p, lexer);
  return false;
}
