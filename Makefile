# galley. `make help` lists the targets; README.md says what they are for.
#
#   MODE=release|debug|sanitize|stress   how objects are built, each under build/MODE/
#   T=rules/heading-jump                 only the tests whose name contains this, in MODE alone
#   UPDATE=1                             rewrite expectations; the diff is the review
#   V=1                                  show commands, and each test
#   CI=1                                 warnings are errors

MODE    ?= release
BUILD   := build/$(MODE)
Q       := $(if $(V),,@)
VERSION := 0.1.0
PREFIX  ?= /usr/local

# What the code is built on: names of pkg-config. tests/deps knows which package brings each.
LIBRARIES := libuv jansson md4c yaml-0.1 libpcre2-8
LIBRARY_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
LIBRARY_LDLIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wundef -Wvla -Wwrite-strings -Wimplicit-fallthrough
SANITIZERS     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_release  := -O2 -g
FLAGS_debug    := -O0 -g3 -DDEBUG
FLAGS_sanitize := $(SANITIZERS) -DDEBUG
FLAGS_stress   := $(SANITIZERS) -DDEBUG -DSTRESS
FLAGS_coverage := -O0 -g --coverage

CFLAGS_ALL  := -std=c17 -D_GNU_SOURCE -I. -I$(BUILD)/generated -DGALLEY_VERSION='"$(VERSION)"' \
               $(WARNINGS) $(FLAGS_$(MODE)) $(LIBRARY_CFLAGS) $(CFLAGS)
LDFLAGS_ALL := $(FLAGS_$(MODE)) $(LDFLAGS)
LDLIBS_ALL  := $(LIBRARY_LDLIBS) $(LDLIBS)
COMPILE      = $(CC) $(CFLAGS_ALL) $(if $(CI),-Werror) -MMD -MP -c $< -o $@

# A generator is a program of one file, generate.c, that the build runs; it is no part of the server.
sources  = $(sort $(shell find $(1) -name '*.c' ! -name 'generate.c' 2>/dev/null))
objects  = $(patsubst %.c,$(BUILD)/%.o,$(1))
programs = $(patsubst %.c,$(BUILD)/%,$(wildcard $(1)))

LIBRARY_OBJECTS := $(call objects,$(call sources,protocol) $(filter-out server/main.c,$(call sources,server)))
UNIT_TESTS      := $(call programs,$(call sources,tests/unit))
HARNESS_MAINS   := tests/harness/cases.c tests/harness/sessions.c
TEST_PROGRAMS   := $(call programs,$(HARNESS_MAINS) tests/spec/spec.c tests/spec/inlines.c tests/demo/demo.c \
                                   tests/formats/print.c tests/bench/bench.c tests/bench/floor.c tests/bench/peers.c)
MANUALS         := $(addprefix $(BUILD)/manuals/galley.,man bash zsh fish)
HARNESS_OBJECTS := $(call objects,$(filter-out $(HARNESS_MAINS),$(call sources,tests/harness)))

.PHONY: all
all: $(BUILD)/galley $(MANUALS) ## build build/galley
	$(Q)ln -sfn $(MODE)/galley build/galley

# Objects. They are made again when the flags have changed, not when the Makefile has.

$(BUILD)/flags: FORCE
	@$(if $(LIBRARY_LDLIBS),,echo 'galley: a library is missing; `make deps` installs what is' >&2; exit 1)
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(CFLAGS_ALL))' | cmp -s - $@ || echo '$(subst ','\'',$(CC) $(CFLAGS_ALL))' > $@

# md4c does not tell its version when it runs.
$(BUILD)/server/cli/version.o: private CFLAGS_ALL += -DGALLEY_MD4C='"$(shell pkg-config --modversion md4c)"'

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE)

$(BUILD)/libgalley.a: $(LIBRARY_OBJECTS)
$(BUILD)/libharness.a: $(HARNESS_OBJECTS)
$(BUILD)/%.a:
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/galley: $(BUILD)/server/main.o $(BUILD)/libgalley.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(LDLIBS_ALL) -o $@

# Tables: server/NAME/generate.c prints generated/NAME_table.h, from the data files beside it

$(BUILD)/generators/%: server/%/generate.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -MMD -MP -MF $@.d $(filter %.c %.o,$^) $(GENERATOR_LIBS) -o $@

$(BUILD)/generated/%_table.h: $(BUILD)/generators/%
	@mkdir -p $(@D)
	$(Q)$< $(filter %.txt,$^) > $@.new && mv $@.new $@

$(BUILD)/generators/unicode: GENERATOR_LIBS := -lunistring
$(BUILD)/server/unicode/unicode.o: $(BUILD)/generated/unicode_table.h

$(BUILD)/generators/lexicon: $(call objects,$(call sources,protocol/base) $(call sources,server/unicode))
$(BUILD)/generators/lexicon: GENERATOR_LIBS := $(LIBRARY_LDLIBS)
$(BUILD)/generated/lexicon_table.h: $(wildcard server/lexicon/*.txt)
$(BUILD)/server/lexicon/lexicon.o $(BUILD)/tests/unit/lexicon.o: $(BUILD)/generated/lexicon_table.h

$(BUILD)/tests/unit/unicode: TEST_LIBS := -lunistring

# What the command's tables say of themselves: the man page and the completions of shells

$(BUILD)/generators/cli: $(BUILD)/libgalley.a
$(BUILD)/generators/cli: GENERATOR_LIBS := $(BUILD)/libgalley.a $(LIBRARY_LDLIBS)

$(MANUALS): $(BUILD)/manuals/galley.%: $(BUILD)/generators/cli
	@mkdir -p $(@D)
	$(Q)$< $* > $@.new && mv $@.new $@

# Tests: one program for each file of tests/unit, and those of TEST_PROGRAMS

$(UNIT_TESTS): %: %.o $(BUILD)/libgalley.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(LDLIBS_ALL) $(TEST_LIBS) -lcmocka -o $@

# These start the server itself.
SERVER_TESTS := $(addprefix $(BUILD)/tests/unit/,batch check command configuration process splice walk)
$(SERVER_TESTS): $(BUILD)/libharness.a
$(SERVER_TESTS): TEST_LIBS := $(BUILD)/libharness.a $(BUILD)/libgalley.a $(LDLIBS_ALL)

$(BUILD)/tests/spec/spec: $(call objects,tests/spec/examples.c tests/spec/reference.c)
$(BUILD)/tests/spec/inlines: $(call objects,tests/spec/examples.c)
$(TEST_PROGRAMS): %: %.o $(BUILD)/libharness.a $(BUILD)/libgalley.a
	$(Q)$(CC) $(LDFLAGS_ALL) $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS_ALL) -o $@

.PRECIOUS: $(BUILD)/%.o
.PHONY: FORCE
FORCE:

# The examples of the CommonMark specification. Where they cannot be fetched their suite fails.

SPECIFICATION := commonmark-spec@0.31.2
build/spec.txt:
	@mkdir -p build/npm
	@npm install --prefix build/npm --no-save --no-audit --no-fund $(SPECIFICATION) >build/npm.log 2>&1 && \
	  cp build/npm/node_modules/commonmark-spec/spec.txt $@ || \
	  echo "galley: npm could not fetch $(SPECIFICATION); build/npm.log says why" >&2

# The schema of SARIF, and what reads schemas. Where they cannot be fetched the suite formats fails.

SARIF_SCHEMA := @microsoft/jest-sarif@1.0.0-beta.0 ajv@6.12.6
build/npm/sarif/fetched:
	@mkdir -p $(@D)
	@npm install --prefix $(@D) --no-save --no-audit --no-fund $(SARIF_SCHEMA) >build/npm-sarif.log 2>&1 && \
	  touch $@ || echo "galley: npm could not fetch $(SARIF_SCHEMA); build/npm-sarif.log says why" >&2

.PHONY: programs
programs: build/spec.txt build/npm/sarif/fetched $(if $(wildcard server/main.c),all) $(UNIT_TESTS) $(TEST_PROGRAMS)

# Whoever types one command gets all of it: these install what is missing, then build, then run.

AGAIN  = $(MAKE) --no-print-directory $(if $(V),,-s) $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: deps
deps: ## install by apt what building and testing need, where it is missing
	@tests/deps build test

.PHONY: demo
demo: ## show what an editor would show on a sample article
	@tests/deps build
	+@$(AGAIN) MODE=$(MODE) all $(BUILD)/tests/demo/demo
	@$(BUILD)/tests/demo/demo build/galley tests/articles/unfinished.ru.md

TEST_MODES := $(if $(T)$(UPDATE),$(MODE),release sanitize stress)

.PHONY: test
test: ## run all tests; T=name runs some, UPDATE=1 rewrites expectations
	@tests/deps build test
	+@for mode in $(TEST_MODES); do $(AGAIN) MODE=$$mode programs || exit 1; done
	@T='$(T)' UPDATE='$(UPDATE)' V='$(V)' tests/run $(TEST_MODES)

.PHONY: check
check: ## all that a change must pass: the tests, and no warning of the compiler
	@$(MAKE) --no-print-directory CI=1 test

.PHONY: bench
bench: ## time and memory beside a server that does nothing, and beside other linters
	@tests/deps build bench
	+@$(AGAIN) MODE=release all $(patsubst %,build/release/tests/bench/%,bench floor peers)
	@build/release/tests/bench/bench build/release/galley \
	  build/release/tests/bench/floor tests/articles/unfinished.ru.md
	@echo
	@tests/bench/compare build/release/galley build/release/tests/bench/peers

.PHONY: coverage
coverage: ## lines that the tests run, file by file
	@tests/deps build test
	+@$(AGAIN) MODE=coverage programs
	@find build/coverage -name '*.gcda' -delete
	@tests/run coverage
	@tests/coverage build/coverage

.PHONY: format
format: ## format all C with clang-format
	$(Q)find protocol server tests -name '*.[ch]' -exec clang-format -i {} +

.PHONY: tidy
tidy: $(LIBRARY_OBJECTS) ## check boundaries, budgets and form alone
	@T=tidy tests/run $(MODE)

# What is installed, each as mode:file:place under PREFIX.

ZSH_COMPLETIONS ?= share/zsh/site-functions
INSTALLED := 755:$(BUILD)/galley:bin/galley \
             644:$(BUILD)/manuals/galley.man:share/man/man1/galley.1 \
             644:$(BUILD)/manuals/galley.bash:share/bash-completion/completions/galley \
             644:$(BUILD)/manuals/galley.zsh:$(ZSH_COMPLETIONS)/_galley \
             644:$(BUILD)/manuals/galley.fish:share/fish/vendor_completions.d/galley.fish \
             $(foreach page,$(wildcard tests/rules/*.md),644:$(page):share/galley/rules/$(notdir $(page)))
EACH_INSTALLED = for each in $(INSTALLED); do rest=$${each\#*:}; to="$(DESTDIR)$(PREFIX)/$${rest\#*:}"

.PHONY: install
install: all ## install binary, man page, completions and rule pages under $(DESTDIR)$(PREFIX)
	$(Q)$(EACH_INSTALLED); install -D -m "$${each%%:*}" "$${rest%%:*}" "$$to" || exit 1; done

.PHONY: uninstall
uninstall: ## remove what `make install` installed there
	$(Q)$(EACH_INSTALLED); rm -f "$$to"; done
	$(Q)rmdir "$(DESTDIR)$(PREFIX)/share/galley/rules" "$(DESTDIR)$(PREFIX)/share/galley" 2>/dev/null || true

.PHONY: deb
deb: ## a Debian package of this release, build/galley_VERSION_ARCHITECTURE.deb
	@tests/deps build package
	+@$(AGAIN) MODE=$(MODE) all
	@VERSION=$(VERSION) MAKE='$(MAKE)' .ci/deb

.PHONY: test-deb
test-deb: deb ## install the package in a fresh Debian and run it there; as root
	@tests/package/clean $(VERSION)

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | \
	  awk -F'\t' '{ printf "  %-10s %s\n", $$1, $$2 }'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
