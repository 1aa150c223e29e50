package aiguillage.gateway.export;

import aiguillage.protocol.DatasetName;

/// A dataset that is written as files.
///
/// @param delta whether only changes are written, after a first file with everything
public record Export(DatasetName dataset, Form form, boolean delta) {}
