# dau: build, test, measure. `make help` lists what there is.

MODE   ?= release
BUILD  := $(if $(filter release,$(MODE)),build,build/$(MODE))
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=
CORPORA ?= ../shared/corpora
EVAL    ?= ../shared/eval

CC     ?= cc
PKGS   := tesseract lept libtiff-4 libseccomp poppler-glib libutf8proc sqlite3 jansson libxml-2.0 libarchive zlib xlsxwriter libmicrohttpd
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla
OPT.release := -O2 -g
OPT.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT.cover   := -O0 -g --coverage -DDAU_COVER='"$(CURDIR)/$(BUILD)"'
PKG_CFLAGS  := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
PKG_LIBS    := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -DDAU_PREFIX='"$(PREFIX)"' -Isrc -I. -I$(BUILD)/gen $(PKG_CFLAGS)
# position independent and hidden: the same objects make the program and libdau.so, which shows dau.h alone
CFLAGS   += -std=c17 -fPIC -fvisibility=hidden $(OPT.$(MODE)) $(WARN) $(if $(WERROR),-Werror)
# their loops over candidates, or pixels, are worth vectors
VECTORS := model/ngram restore/lattice clean/sauvola clean/rotate layout/runs layout/faint
OPT.vectors := -O3 -g -fno-trapping-math
$(VECTORS:%=$(BUILD)/obj/src/%.o): OPT.release := $(OPT.vectors)
# numbers in rows; no errno for sqrtf, no operation fused, so that every machine has the same sums
OPT.numbers := -O3 -g -fno-math-errno -fno-trapping-math -ffp-contract=off
$(BUILD)/obj/src/model/context.o $(patsubst %,$(BUILD)/obj/tools/train/%.o,net net_file dense): OPT.release := $(OPT.numbers)
# of all flags those that change code; not what warns, describes to a debugger or names a folder
CODE_FLAGS = $(filter-out -g% -pipe -W% -I% -isystem /% -ffile-prefix-map=% -fdebug-prefix-map=% -fmacro-prefix-map=% -DDAU_PREFIX=% -DDAU_COVER=%,$(CPPFLAGS) $(CFLAGS)) \
	$(filter -Wp$(comma)%,$(CPPFLAGS) $(CFLAGS))
LDLIBS   += $(PKG_LIBS) -lm -pthread
LDFLAGS  += $(if $(filter asan,$(MODE)),-fsanitize=address$(comma)undefined) $(if $(filter cover,$(MODE)),--coverage)
comma    := ,

SRCS  := $(sort $(wildcard src/*/*.c src/*/*/*.c))
OBJS  := $(SRCS:%.c=$(BUILD)/obj/%.o)
LIB   := $(BUILD)/libdau.a
DAU   := $(BUILD)/dau
READ  := $(BUILD)/dau-read
MAINS := main main_read
SONAME := libdau.so.0
SO    := $(BUILD)/$(SONAME)
MO    := $(patsubst po/%.po,$(BUILD)/share/locale/%/LC_MESSAGES/dau.mo,$(wildcard po/*.po))
VERSION := $(shell sed -n 's/.*DAU_VERSION "\(.*\)"/\1/p' src/base/version.h)
# tests/ has the folders of src/; a test is called by its last name alone: tests/load/test_layer.c is `make test-layer`
TESTS := $(patsubst tests/%.c,%,$(sort $(wildcard tests/*/test_*.c)))
BINS  := $(addprefix $(BUILD)/tests/,$(notdir $(TESTS)))
SCRIPTS := $(sort $(wildcard tests/*/test_*.sh))

ifeq ($(V),)
Q := @
say = @printf '%-5s %s\n' '$(1)' '$(2)'
endif

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: FORCE fuzz-compiles reader bench-run po lib deb fuzz models channels all help try test check asan asan-held-out cover code lengths prose untested tidy valgrind bench format install clean tools sample office-set libs layers headers format-check

all: $(DAU) $(MO) ## build build/dau (the default)

help: ## this list
	@awk -F ':.*## ' '/^[a-z_%.-]+:.*## /{printf "  make %-22s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  V=1 shows the commands; MODE=asan builds into build/asan, MODE=cover into build/cover"

try: $(BUILD)/try.db $(MO) ## read the sample plan into build/try.db and print its pairings
	$(Q)$(DAU) export -d $< --format table

$(BUILD)/try.db: $(DAU) $(MO) $(wildcard dicts/*) tests/pages/sample-plan.pdf
	$(Q)rm -f $@ $@-* && $(DAU) run -d $@ tests/pages/sample-plan.pdf

ifneq ($(filter-out help clean format,$(or $(MAKECMDGOALS),all)),)
MISSING := $(shell for p in $(PKGS); do pkg-config --exists $$p 2>/dev/null || echo $$p; done)
ifneq ($(MISSING),)
$(error missing libraries: $(MISSING); tools/setup.sh installs what dau needs \
	(libtesseract-dev libleptonica-dev libtiff-dev libseccomp-dev libpoppler-glib-dev libutf8proc-dev libsqlite3-dev libjansson-dev zlib1g-dev libxlsxwriter-dev libminizip-dev libmicrohttpd-dev libxml2-dev libarchive-dev))
endif
endif

$(BUILD)/obj/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# $(1): a command; the target gets its output, and keeps its time when that is what it holds already
when_changed = mkdir -p $(@D) && { $(1); } >$@.new && if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# other flags: every object is made anew
$(BUILD)/gen/flags: FORCE
	@$(call when_changed,printf '%s\n' '$(subst ','\'',$(CC) $(CODE_FLAGS))')
$(OBJS) $(MAINS:%=$(BUILD)/obj/src/%.o): $(BUILD)/gen/flags

# what a stage is made of, as its version in the keys of the work
LIBS_READ := $(shell pkg-config --modversion tesseract lept poppler-glib libutf8proc libxml-2.0 libarchive 2>/dev/null)
$(BUILD)/gen/stage_versions.h: FORCE
	@$(call when_changed,CC='$(CC)' tools/stage-versions.sh $(CODE_FLAGS) $(VECTORS) $(OPT.vectors) $(OPT.numbers) $(LIBS_READ))
$(BUILD)/obj/src/line/line.o $(BUILD)/fuzz/obj/src/line/line.o: $(BUILD)/gen/stage_versions.h
FORCE:

# the versions of the schema as C strings, a line each: src/store/schema/N.sql -> schemas[N - 1]
SCHEMAS := $(shell seq -f 'src/store/schema/%.0f.sql' $(words $(wildcard src/store/schema/*.sql)))
$(BUILD)/gen/schema.inc: $(SCHEMAS)
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(Q)awk 'FNR == 1 {if (NR > 1) print "NULL};"; printf "static const char *const schema_%d[] = {\n", ++n} \
	{gsub(/[\\"]/, "\\\\&"); print "\"" $$0 "\\n\","} \
	END {print "NULL};"; print "static const char *const *const schemas[] = {"; for (i = 1; i <= n; i++) print "schema_" i ","; print "};"}' $^ >$@
$(BUILD)/obj/src/store/open.o: $(BUILD)/gen/schema.inc

# a text file as C strings, one a line, e.g. src/review/page.js -> gen/page.js.h
$(BUILD)/gen/%.h: src/review/%
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(Q)sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n",/' $< > $@
$(BUILD)/obj/src/review/desk.o: $(patsubst src/review/%,$(BUILD)/gen/%.h,$(wildcard src/review/page.*))

$(LIB): $(OBJS)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

# the commands that open documents, with all the libraries for it
$(READ): $(BUILD)/obj/src/main_read.o $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

# the others, and the table of all: linked with what they use alone, so that it starts at once
$(DAU): $(BUILD)/obj/src/main.o $(LIB) $(READ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -Wl,--as-needed $(filter %.o %.a,$^) $(LDLIBS) -o $@

# the library for other programs (src/lib/dau.h): the stages, not the database and not the commands
LIB_OBJS := $(filter-out $(BUILD)/obj/src/ocr/set_up.o $(BUILD)/obj/src/cmd/% $(BUILD)/obj/src/store/% $(BUILD)/obj/src/export/% $(BUILD)/obj/src/review/%,$(OBJS))
$(SO): $(LIB_OBJS)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--as-needed $^ $(LDLIBS) -o $@

lib: $(SO) ## libdau.so, for other programs

# what is said in other languages
$(MO): $(BUILD)/share/locale/%/LC_MESSAGES/dau.mo: po/%.po
	$(call say,MO,$@)
	@mkdir -p $(@D)
	$(Q)msgfmt -c -o $@ $<

po: $(DAU) ## bring po/*.po up to date with what the program says
	$(Q)tools/make-pot.sh $(DAU) >$(BUILD)/dau.pot && for f in po/*.po; do msgmerge -q --no-location --no-fuzzy-matching --update --backup=none $$f $(BUILD)/dau.pot; msgattrib --no-obsolete -o $$f $$f; msgfmt --statistics -o /dev/null $$f; done

# man pages and completions, from the option tables
$(BUILD)/share/man/man1/dau.1: $(DAU) tools/make-docs.sh
	$(call say,DOC,$(BUILD)/share)
	$(Q)tools/make-docs.sh $(DAU) $(BUILD)/share

define test_program
$(BUILD)/tests/$(notdir $(1)): $(BUILD)/obj/tests/$(1).o $(LIB)
	$$(call say,LD,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(LDFLAGS) $$(filter %.o,$$^) $$(LIB) $$(LDLIBS) -o $$@
endef
$(foreach t,$(TESTS),$(eval $(call test_program,$(t))))

# programs of tools/NAME/: its main is in tools/NAME/x.c for every x of TOOLS; the other files are linked to each
TRAIN_MAINS := train_lm train_channel strip_marks name_lists reader_floats
TRAIN_OBJS  := $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out $(TRAIN_MAINS:%=tools/train/%.c),$(wildcard tools/train/*.c)))

$(TRAIN_MAINS:%=$(BUILD)/tools/%): $(BUILD)/tools/%: $(BUILD)/obj/tools/train/%.o $(TRAIN_OBJS) $(LIB)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(BUILD)/tests/test_train $(BUILD)/tests/test_reader_net: $(TRAIN_OBJS)

tools: $(TRAIN_MAINS:%=$(BUILD)/tools/%) ## the programs that train and measure, into build/tools/

models: $(BUILD)/tools/train_lm ## the language models from the corpora ($(CORPORA)) into dicts/vi.lm and dicts/vi.ctx
	$(Q)$< --corpora $(CORPORA) --manifest corpus/manifest.tsv --out dicts/vi.lm --context dicts/vi.ctx

channels: $(TRAIN_MAINS:%=$(BUILD)/tools/%) $(BUILD)/tools/draw ## what the OCR makes of letters, from drawn pages, into dicts/ocr-*.tsv
	$(Q)BUILD=$(BUILD) tools/make-channels.sh $(CORPORA) $(BUILD)/channels

bench-mix: $(DAU) $(BUILD)/tools/strip_marks ## what restoring leaves wrong where a part of the marks is gone; PART=1 for the other half
	$(Q)tools/bench-mix.sh $(or $(PART),0)

reader: $(BUILD)/tools/reader_floats $(BUILD)/tools/draw ## train the reader further on drawn lines, into dicts/reader/; an hour of one core
	$(Q)BUILD=$(BUILD) tools/make-reader.sh $(BUILD)/reader

bench: $(DAU) $(BUILD)/tools/strip_marks ## the figures of the restoration engine, with the machine and the commit
	$(Q)BUILD=$(BUILD) CORPORA=$(CORPORA) EVAL=$(EVAL) tools/bench.sh

bench-run: $(DAU) ## how long a run takes beside Tesseract and OCRmyPDF, and how much memory
	$(Q)BUILD=$(BUILD) EVAL=$(EVAL) tools/bench-run.sh

# what tests load before the program: a disk that fails
SHIMS := $(patsubst tests/shim/%.c,$(BUILD)/tests/%.so,$(wildcard tests/shim/*.c))
$(BUILD)/tests/%.so: tests/shim/%.c
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(WARN) -Wno-pedantic -O1 -shared -fPIC $< -o $@ -ldl

test: $(DAU) $(SO) $(MO) $(BINS) $(SHIMS) ## all tests; ends with `N passed, N failed`
	+$(Q)BUILD=$(BUILD) tests/run.sh $(BINS) $(SCRIPTS)

# test-viet: tests/base/test_viet.c
define one_test
test-$(patsubst test_%,%,$(basename $(notdir $(1)))): $(1) $(DAU) $(SO) $(MO) $(SHIMS)
	+$$(Q)BUILD=$(BUILD) tests/run.sh $$<
endef
$(foreach t,$(BINS) $(SCRIPTS),$(eval $(call one_test,$(t))))
test-%: ## one test, e.g. test-viet

bench-review: $(BUILD)/tests/test_review ## the review page at 100,000 rows: the queue, and a thousand steps
	$(Q)$< bench

torture: $(DAU) $(SHIMS) ## poison, kill -9 a hundred times, full and failing disks: minutes
	+$(Q)BUILD=$(BUILD) tests/torture.sh

golden: $(BUILD)/tests/test_golden ## write tests/golden anew; look at the difference before you commit it
	$(Q)$< generate

check: layers headers fuzz-compiles code lengths format-check prose test ## layers, headers, fuzz targets, code, lengths, format, prose, tests: before every commit that matters

asan: ## the tests under address and undefined-behaviour sanitizers
	$(Q)$(MAKE) --no-print-directory MODE=asan test

asan-held-out: ## restore all of the held-out text ($(CORPORA)) in every state, under the sanitizers; long
	$(Q)$(MAKE) --no-print-directory MODE=asan build/asan/dau
	$(Q)awk -F '\t' '$$1 == "government" || $$1 == "news" {print $$2}' corpus/manifest.tsv | while read -r f; do \
	for from in stripped ocr vie mixed auto; do xz -dc $(CORPORA)/$$f | build/asan/dau restore --from $$from --json >/dev/null || exit 1; \
	echo "$$f $$from: clean"; done; done

cover: ## lines and branches that the tests run, a table of folders; the program is built into build/cover
	+$(Q)find build/cover -name '*.gcda' -delete 2>/dev/null; \
	$(MAKE) --no-print-directory MODE=cover test; code=$$?; tools/cover.sh build/cover && exit $$code

layers: ## who may include whom
	$(Q)tools/check-layers.sh

headers: ## every header compiles by itself
	$(Q)for h in src/*/*.h src/*/*/*.h; do printf '#include "%s"\nextern int one;\n' $$h | \
		$(CC) $(CPPFLAGS) -std=c17 $(WARN) -fsyntax-only -I . -x c - || exit 1; done

fuzz-compiles: $(LIB) ## every target of `make fuzz` compiles and links, without libFuzzer
	$(Q)mkdir -p $(BUILD)/gen && echo '#include <stddef.h>@#include <stdint.h>@int LLVMFuzzerTestOneInput(const uint8_t *, size_t);@int main(void) { return LLVMFuzzerTestOneInput((const uint8_t *)"", 0); }' | \
		tr @ '\n' >$(BUILD)/gen/fuzz_main.c
	$(Q)for f in tests/fuzz/fuzz_*.c; do \
		$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-missing-prototypes $$f $(BUILD)/gen/fuzz_main.c $(LIB) $(LDFLAGS) $(LDLIBS) -o $(BUILD)/gen/fuzz_one || exit 1; \
		done; rm -f $(BUILD)/gen/fuzz_one

code: ## functions that are not called, types that mean one thing
	$(Q)tools/check-code.sh

lengths: ## how long functions are, how large folders; fails when they grow too long
	$(Q)tools/lengths.sh

prose: ## what the prose of documents and comments must not have
	$(Q)tools/check-prose.sh

untested: ## the files of src/ without a test of their own name
	$(Q)for f in $(SRCS); do [ -e tests/$$(echo $$f | cut -d / -f 2)/test_$$(basename $$f) ] || echo $$f; done

# .clang-tidy has the checks
tidy: compile_commands.json $(BUILD)/gen/stage_versions.h $(BUILD)/gen/schema.inc $(patsubst src/review/%,$(BUILD)/gen/%.h,$(wildcard src/review/page.*)) ## clang-tidy over src/; must say nothing
	$(Q)printf '%s\n' $(SRCS) $(MAINS:%=src/%.c) | xargs -n 6 -P $$(nproc) clang-tidy --quiet -p . 2>/dev/null

# what handles memory by hand, without the long ones; an error, or memory that nobody can reach any more, fails
MEMORY := $(filter-out $(patsubst %,$(BUILD)/tests/test_%,review golden train pool sandbox again bits charset layer),$(BINS))
valgrind: $(DAU) $(MO) $(MEMORY) ## tests that matter under valgrind; must be clean (tests/valgrind.supp: libraries')
	+$(Q)BUILD=$(BUILD) UNDER='valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --suppressions=tests/valgrind.supp' tests/run.sh $(MEMORY)

format: ## put all C files into the house's form
	$(Q)clang-format -i $$(git ls-files '*.c' '*.h')

format-check:
	$(Q)if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h'); \
	else echo 'format: passed over, clang-format is not installed'; fi

compile_commands.json: export COMMAND = $(CC) $(CPPFLAGS) $(CFLAGS)
compile_commands.json: ## for editors and clang-tidy
	$(Q)c=$$(printf '%s' "$$COMMAND" | sed 's/\\/\\\\/g; s/"/\\"/g'); s='['; \
	for f in $(SRCS) $(MAINS:%=src/%.c) $(wildcard tests/*/*.c); do \
	printf '%s\n{"directory":"%s","file":"%s","command":"%s -c %s"}' "$$s" "$(CURDIR)" $$f "$$c" $$f; s=,; done > $@; echo ']' >> $@

# the drawing tool: a program of its own, never linked into dau (libpango1.0-dev)
$(BUILD)/tools/draw: $(wildcard tools/draw/*.[ch]) src/base/err.h
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) -D_POSIX_C_SOURCE=200809L -Isrc $(CFLAGS) $(LDFLAGS) \
	$(patsubst -I%,-isystem %,$(shell pkg-config --cflags pangocairo lept)) $(filter %.c,$^) -o $@ $(shell pkg-config --libs pangocairo lept) -lm

tools: $(BUILD)/tools/draw ## the drawing tool, build/tools/draw

sample: tools ## draw tests/pages anew
	$(Q)DRAW=$(BUILD)/tools/draw tools/draw-pages.sh

office-set: tools ## documents as offices type them, into build/office-set (tools/setup.sh --with office); COUNT=10 of each kind
	$(Q)for kind in pairs none units; do DRAW=$(BUILD)/tools/draw PYTHONDONTWRITEBYTECODE=1 \
	tools/office/office.py --out $(BUILD)/office-set --kind $$kind --count $(or $(COUNT),10) --states bad-ocr || exit; done

# libFuzzer comes with clang; a tiny model is trained as the seed of fuzz_model
FUZZ_SECONDS ?= 60
FUZZERS := fuzz_text fuzz_model fuzz_context fuzz_dict fuzz_tables fuzz_review fuzz_office fuzz_dumps fuzz_load fuzz_corrections
FUZZ    := $(BUILD)/fuzz

FUZZ_FLAGS := -std=c17 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined

$(FUZZ)/obj/%.o: %.c | $(LIB)
	$(call say,FUZZ,$<)
	@mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c $< -o $@

$(FUZZ)/libdau.a: $(patsubst %.c,$(FUZZ)/obj/%.o,$(filter-out src/cmd/%,$(SRCS)) src/cmd/corrections_read.c)
	$(Q)rm -f $@ && ar rcs $@ $^

$(FUZZ)/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ)/libdau.a
	$(call say,FUZZ,$@)
	$(Q)clang $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer $^ $(LDLIBS) -o $@

$(FUZZ)/seeds/fuzz_model/tiny.lm: $(BUILD)/tools/train_lm corpus/held-out/plan.txt
	@mkdir -p $(@D) $(FUZZ)/seeds/fuzz_context
	$(Q)printf 'train\tplan.txt\t1\t%s\n' "$$(sha256sum <corpus/held-out/plan.txt | cut -d ' ' -f 1)" >$(FUZZ)/manifest.tsv
	$(Q)$< --corpora corpus/held-out --manifest $(FUZZ)/manifest.tsv --out $@ --context $(FUZZ)/seeds/fuzz_context/tiny.ctx --least 1 2>/dev/null

fuzz: $(FUZZERS:%=$(FUZZ)/%) $(FUZZ)/seeds/fuzz_model/tiny.lm ## what reads foreign bytes, FUZZ_SECONDS (60) each
	@mkdir -p $(FUZZ)/seeds/fuzz_text $(FUZZ)/seeds/fuzz_dict
	$(Q)cp corpus/held-out/*.txt tests/cases/restore/*.case $(FUZZ)/seeds/fuzz_text; cp dicts/phrases.tsv $(FUZZ)/seeds/fuzz_dict; \
	mkdir -p $(FUZZ)/seeds/fuzz_tables; for f in ocr-eng schools units streets school-names; do head -40 dicts/$$f.tsv >$(FUZZ)/seeds/fuzz_tables/$$f; done
	$(Q)for f in review office dumps load corrections; do mkdir -p $(FUZZ)/seeds/fuzz_$$f; cp tests/fuzz/$$f/* $(FUZZ)/seeds/fuzz_$$f; done
	$(Q)cp tests/pages/bad/*.pdf $(FUZZ)/seeds/fuzz_load
	$(Q)for f in $(FUZZERS); do mkdir -p $(FUZZ)/found/$$f; DAU_DATA=dicts LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 \
	$(FUZZ)/$$f -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=2048 \
	-max_len=$$([ $$f = fuzz_context ] && echo 600000 || echo 20000) -print_final_stats=0 -verbosity=0 -artifact_prefix=$(FUZZ)/ $(FUZZ)/found/$$f $(FUZZ)/seeds/$$f || exit 1; \
	echo "$$f: $(FUZZ_SECONDS) s, nothing found"; done

install: $(DAU) $(MO) $(SO) $(BUILD)/share/man/man1/dau.1 ## program, library, man pages, completions to $(DESTDIR)$(PREFIX)
	install -D -m755 $(DAU) $(DESTDIR)$(PREFIX)/bin/dau
	install -D -m755 $(READ) $(DESTDIR)$(PREFIX)/libexec/dau/dau-read
	install -D -m644 $(SO) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libdau.so
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig
	printf '%s\n' 'Name: dau' 'Description: Vietnamese text restored; which school is twinned with which' \
		'Version: $(VERSION)' 'Cflags: -I$(PREFIX)/include' 'Libs: -L$(LIBDIR) -ldau' \
		>$(DESTDIR)$(LIBDIR)/pkgconfig/dau.pc
	install -D -m644 src/lib/dau.h $(DESTDIR)$(PREFIX)/include/dau.h
	cd dicts && for f in $$(find * -type f); do install -D -m644 $$f $(DESTDIR)$(PREFIX)/share/dau/$$f || exit 1; done
	cd $(BUILD)/share && for f in $$(find * -type f); do install -D -m644 $$f $(DESTDIR)$(PREFIX)/share/$$f || exit 1; done

deb: ## Debian packages into build/deb/; debhelper makes them, lintian looks at them where it is
	rm -rf build/deb && mkdir -p build/deb/dau
	git ls-files -z | xargs -0 cp --parents -t build/deb/dau
	cd build/deb/dau && dpkg-buildpackage -us -uc -b
	if command -v lintian >/dev/null; then lintian --fail-on error,warning build/deb/*.changes; fi

clean: ## remove build/
	rm -rf build compile_commands.json

-include $(TRAIN_OBJS:.o=.d) $(TRAIN_MAINS:%=$(BUILD)/obj/tools/train/%.d) $(patsubst %.c,$(FUZZ)/obj/%.d,$(SRCS)) $(OBJS:.o=.d) $(MAINS:%=$(BUILD)/obj/src/%.d) $(TESTS:%=$(BUILD)/obj/tests/%.d)
