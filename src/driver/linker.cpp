// The resolver of the symbols that objects leave undefined.
#include "driver/linker.h"

#include <charconv>
#include <string_view>

#include "base/timing.h"
#include "driver/loader.h"
#include "runtime/memory.h"
#include "runtime/symbols.h"
#include "types/text.h"

namespace lancehead {
namespace {

ObjectHooks g_hooks;

class Resolver {
 public:
  Resolver(LoadedUnit& unit, const LiveObjects& live) : unit_(unit), live_(live) {}

  bool operator()(const char* name, uint64_t* value) {
    std::string_view text = name;
    if (take(text, "lh$type$")) {
      auto type = parse_type(text);
      if (!type) return false;
      *value = (*type).index;
      return true;
    }
    void* found = nullptr;
    if (take(text, "lh$class$") || take(text, "lh$object$"))
      found = python_object(text);
    else if (take(text, "lh$owner$"))
      found = owner_word(text);
    else if (take(text, "lh$array$"))
      found = live_array(text).data;
    else if (take(text, "lh$slot$"))
      found = cell(std::string(text) + live_.suffix);
    else if (take(text, "lh$function$"))
      found = record(text);
    else
      found = lh_find_symbol(text);
    *value = reinterpret_cast<uint64_t>(found);
    return found != nullptr;
  }

 private:
  static bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
  }

  const char* keep(const std::string& text) {
    unit_.texts.push_back(std::make_unique<std::string>(text));
    return unit_.texts.back()->c_str();
  }

  CodeCell* cell(const std::string& symbol) {
    unit_.cells.push_back(code_cell(symbol));
    return unit_.cells.back().get();
  }

  // "#12" is a handle, anything else a name.
  void* python_object(std::string_view text) {
    if (!g_hooks.object) return nullptr;
    bool by_handle = text.starts_with('#');
    LiveObject found =
        g_hooks.object(by_handle ? "" : std::string(text).c_str(), by_handle ? live_handle_of(text) : 0);
    if (found.object) unit_.held.push_back(found.keeper);
    return found.object;
  }

  uint32_t live_handle_of(std::string_view text) const {
    uint32_t handle = 0;
    std::from_chars(text.data() + 1, text.data() + text.size(), handle);
    return live_.handle ? live_.handle(handle) : handle;
  }

  LiveArray live_array(std::string_view text) {
    LiveArray found = g_hooks.array ? g_hooks.array(live_handle_of(text)) : LiveArray();
    if (found.object) unit_.held.push_back(found.keeper);
    return found;
  }

  // The owner word of an array that is this object.
  void* owner_word(std::string_view text) {
    void* object = live_array(text).object;
    return object ? reinterpret_cast<void*>(python_owner(object)) : nullptr;
  }

  FunctionRecord* record(std::string_view symbol) {
    for (const FunctionSource& source : unit_.sources) {
      if (source.symbol != symbol) continue;
      auto record = std::make_unique<FunctionRecord>();
      record->name = keep(source.name);
      record->file = keep(source.file);
      record->first_line = source.first_line;
      unit_.records.push_back(std::move(record));
      return unit_.records.back().get();
    }
    return nullptr;
  }

  LoadedUnit& unit_;
  const LiveObjects& live_;
};

}  // namespace

void set_object_hooks(const ObjectHooks& hooks) {
  g_hooks = hooks;
}

Expected<std::shared_ptr<LoadedUnit>> load_unit(std::vector<uint8_t> object,
                                                std::vector<FunctionSource> sources,
                                                const LiveObjects& live) {
  PhaseTimer timer(Phase::Load);
  auto unit = std::make_shared<LoadedUnit>();
  unit->sources = std::move(sources);
  unit->object = std::move(object);
  Resolver resolver(*unit, live);
  std::string_view bytes(reinterpret_cast<const char*>(unit->object.data()), unit->object.size());
  auto image = load_object(bytes, [&](const char* name, uint64_t* value) { return resolver(name, value); });
  if (!image) return image.take_error();
  unit->image = *image;
  for (const FunctionSource& source : unit->sources) {
    void* code = unit->image->symbol(source.symbol);
    if (!code) continue;
    unit->cells.push_back(code_cell(source.symbol + live.suffix));
    unit->cells.back()->store(code, std::memory_order_release);
  }
  return unit;
}

void hold_objects_of(TypeId type, std::vector<std::shared_ptr<const void>>& held) {
  if (!type.valid()) return;
  const Type& t = type_of(type);
  bool own = t.kind == Kind::Known && t.handle != 0 && t.known != KnownClass::Jit;
  LiveObject found = own && g_hooks.object ? g_hooks.object("", t.handle) : LiveObject();
  if (found.object) held.push_back(std::move(found.keeper));
  hold_objects_of(t.elem, held);
  for (TypeId item : t.items) hold_objects_of(item, held);
}

EntryPoint find_entry(const LoadedUnit& unit, const std::string& symbol) {
  return reinterpret_cast<EntryPoint>(unit.image->symbol(symbol + "$entry"));
}

}  // namespace lancehead
