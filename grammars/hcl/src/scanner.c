// Heredoc bodies: the only part of HCL whose end depends on an earlier word.
// Tokens are only asked for after "<<" and inside a heredoc, so nothing else pays for the scanner.
#include "tree_sitter/parser.h"
#include "tree_sitter/alloc.h"
#include <string.h>

enum { MARKER, TEXT, END, RECOVERING };
enum { LIMIT = 240 };

// Markers of the open heredocs, innermost last, each as its UTF-8-ish bytes after its length.
typedef struct { unsigned char size, bytes[LIMIT]; } Markers;

void *tree_sitter_hcl_external_scanner_create(void) { return ts_calloc(1, sizeof(Markers)); }
void tree_sitter_hcl_external_scanner_destroy(void *p) { ts_free(p); }
unsigned tree_sitter_hcl_external_scanner_serialize(void *p, char *out) {
  Markers *m = p;
  memcpy(out, m->bytes, m->size);
  return m->size;
}
void tree_sitter_hcl_external_scanner_deserialize(void *p, const char *in, unsigned size) {
  Markers *m = p;
  m->size = (unsigned char)(size <= LIMIT ? size : 0);
  if (m->size) memcpy(m->bytes, in, m->size);
}

// Stack layout: bytes..., length, bytes..., length; the innermost length is the last byte.
static bool scan_marker(Markers *m, TSLexer *lexer) {
  unsigned start = m->size, n = 0;
  while (lexer->lookahead > ' ' && n < 60 && start + n < LIMIT - 1) {
    m->bytes[start + n++] = (unsigned char)lexer->lookahead;
    lexer->advance(lexer, false);
  }
  if (n == 0) return false;
  lexer->mark_end(lexer);
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r') lexer->advance(lexer, false);
  if (lexer->lookahead != '\n') return false;
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  m->bytes[start + n] = (unsigned char)n;
  m->size = (unsigned char)(start + n + 1);
  lexer->result_symbol = MARKER;
  return true;
}

static bool scan_body(Markers *m, TSLexer *lexer) {
  if (m->size == 0) return false;
  unsigned n = m->bytes[m->size - 1];
  if (n + 1u > m->size) return false;
  const unsigned char *marker = m->bytes + m->size - 1 - n;
  bool any = false;
  bool line_start = lexer->get_column(lexer) == 0;
  lexer->mark_end(lexer);
  for (;;) {
    if (line_start) {
      line_start = false;
      bool indented = false;
      while (lexer->lookahead == ' ' || lexer->lookahead == '\t') { lexer->advance(lexer, false); indented = true; }
      unsigned i = 0;
      while (i < n && lexer->lookahead == marker[i]) { lexer->advance(lexer, false); i++; }
      if (i == n) {
        if (!any) lexer->mark_end(lexer);
        while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r') lexer->advance(lexer, false);
        if (lexer->lookahead == '\n' || lexer->eof(lexer)) {
          if (any) { lexer->result_symbol = TEXT; return true; }
          m->size = (unsigned char)(m->size - n - 1);
          lexer->result_symbol = END;
          return true;
        }
      }
      if (indented || i) { any = true; lexer->mark_end(lexer); }
    }
    if (lexer->eof(lexer)) { lexer->result_symbol = TEXT; return any; }
    int32_t c = lexer->lookahead;
    if (c == '$' || c == '%') {
      lexer->mark_end(lexer);
      lexer->advance(lexer, false);
      if (lexer->lookahead == '{') { lexer->result_symbol = TEXT; return any; }
      if (lexer->lookahead == c) {
        lexer->advance(lexer, false);
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
