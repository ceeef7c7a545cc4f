// Partial sorting by selection of the wanted places (runtime/selection.h), or as a whole.
#include <algorithm>

#include "runtime/selection.h"
#include "runtime/signature.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"

namespace lancehead {
namespace {

constexpr int64_t kMostPlaces = 8;

template <typename T>
bool has_nans(const T* data, int64_t count) {
  int64_t found = 0;
  for (int64_t i = 0; i < count; ++i) found += data[i] != data[i];
  return found > 0;
}

template <typename T>
Status partition_elements(Context* ctx, T* data, int64_t count, const int64_t* kth, int64_t places,
                          SortBuffers<T>& buffers) {
  if constexpr (is_selected<T>) {
    if (count > kSortedAtOnce && places <= kMostPlaces) {
      int64_t first = 0, end = count;  // what lies outside is where it belongs
      if constexpr (std::is_floating_point_v<T>)
        if (has_nans(data, count))
          end = std::partition(data, data + count, [](T x) { return x == x; }) - data;
      for (int64_t k = 0; k < places && kth[k] < end; ++k) {
        if (kth[k] < first) continue;
        if (Status status = select_place(ctx, data + first, end - first, kth[k] - first, buffers))
          return status;
        first = kth[k] + 1;
      }
      return kOk;
    }
  }
  return sort_elements(ctx, data, count, buffers);
}

// The places that `kth` asks for, counted from the first element and sorted.
Status wanted_places(Context* ctx, const Slot* kth, int64_t count, Buffer<int64_t>& places) {
  const Lane wanted{static_cast<char*>(kth[1].p), array_stride(kth, 1, 0)};
  const int64_t number = array_extent(kth, 0);
  if (Status status = places.reserve(ctx, number)) return status;
  for (int64_t k = 0; k < number; ++k) {
    int64_t place = lane_at<int64_t>(wanted, k);
    if (place < 0) place += count;
    if (place < 0 || place >= count) return raise_row(ctx, ErrorRowId::PartitionPlace, place, count);
    places[k] = place;
  }
  std::sort(places.data(), places.data() + number);
  return kOk;
}

}  // namespace

extern "C" Status lh_partition(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                               int64_t axis, const Slot* kth, int64_t, int64_t) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  return with_element_type(element, [&]<typename T>(T) -> Status {
    LaneWalk walk(array, ndim, axis);
    const int64_t places = array_extent(kth, 0), count = walk.count();
    Buffer<int64_t> sorted_places;
    if (Status status = wanted_places(ctx, kth, count, sorted_places)) return status;
    SortBuffers<T> buffers;
    Buffer<T> copy;
    for (; !walk.done(); walk.next()) {
      const bool in_place = is_contiguous<T>(walk.lane());
      T* data = reinterpret_cast<T*>(walk.lane().data);
      if (!in_place) {
        if (Status status = copy.reserve(ctx, count)) return status;
        data = copy.data();
        gather_lane(walk.lane(), count, data);
      }
      if (Status status = partition_elements(ctx, data, count, sorted_places.data(), places, buffers))
        return status;
      if (!in_place) scatter_lane(data, count, walk.lane());
    }
    return kOk;
  });
}

// Sorting packed words is about as fast as partitioning with places.
extern "C" Status lh_argpartition(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize,
                                  int64_t element, int64_t axis, const Slot* kth, int64_t, int64_t,
                                  const Slot* order, int64_t order_ndim, int64_t order_itemsize) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  Buffer<int64_t> places;
  if (Status status = wanted_places(ctx, kth, array_extent(array, axis), places)) return status;
  return lh_argsort(ctx, array, ndim, itemsize, element, axis, false, order, order_ndim, order_itemsize);
}

LH_MATCHES_ROW(lh_partition);
LH_MATCHES_ROW(lh_argpartition);

}  // namespace lancehead
