//! The native half of the Python package: one call that reaches every operation of the table. The typed half,
//! `carnet/_operations.py`, is generated from the schemas of the same table.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::{Map, Number, Value};

/// How deep a value may be nested.
const DEPTH: usize = 32;

/// The JSON of a Python value. Floats are refused: no amount of money is one.
fn to_json(value: &Bound<'_, PyAny>, path: &str, depth: usize) -> PyResult<Value> {
    let wrong = |what: &str| PyTypeError::new_err(format!("{path}: {what}"));
    if depth == 0 {
        return Err(wrong("nested too deeply"));
    }
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if value.is_instance_of::<PyFloat>() {
        return Err(wrong("a float is not exact; use Decimal or str"));
    }
    if value.is_instance_of::<PyInt>() {
        let number: i64 = value.extract().map_err(|_| wrong("the number is too large"))?;
        return Ok(Value::Number(Number::from(number)));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::String(text.to_str()?.to_owned()));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let mut object = Map::new();
        for (key, inner) in dict {
            let key: String = key.extract().map_err(|_| wrong("a key that is not a str"))?;
            let inner = to_json(&inner, &format!("{path}.{key}"), depth.saturating_sub(1))?;
            object.insert(key, inner);
        }
        return Ok(Value::Object(object));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let elements = value
            .try_iter()?
            .enumerate()
            .map(|(index, inner)| to_json(&inner?, &format!("{path}.{index}"), depth.saturating_sub(1)));
        return Ok(Value::Array(elements.collect::<PyResult<_>>()?));
    }
    // Decimal, datetime, date and the package's records know their own JSON.
    let plain = value.py().import("carnet._values")?.call_method1("plain", (value, path))?;
    to_json(&plain, path, depth.saturating_sub(1))
}

/// The Python value of a JSON value.
fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.into_pyobject(py)?.into_any(),
            None => return Err(PyTypeError::new_err("a number that is no integer")),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(elements) => {
            let elements: Vec<_> =
                elements.iter().map(|inner| to_python(py, inner)).collect::<PyResult<_>>()?;
            PyList::new(py, elements)?.into_any()
        }
        Value::Object(object) => {
            let dict = PyDict::new(py);
            for (key, inner) in object {
                dict.set_item(key, to_python(py, inner)?)?;
            }
            dict.into_any()
        }
    })
}

/// Raises an error of the engine as the exception of its family.
fn raised(py: Python<'_>, error: &carnet::Error) -> PyErr {
    let raise = || -> PyResult<PyErr> {
        let class = py.import("carnet.errors")?.getattr("of_family")?.call1((error.code().as_str(),))?;
        let details = PyDict::new(py);
        for (name, value) in error.details() {
            details.set_item(name, value)?;
        }
        let arguments =
            (error.number(), error.reason().as_str(), error.field_name(), details, error.to_string());
        Ok(PyErr::from_value(class.call1(arguments)?))
    };
    raise().unwrap_or_else(|failed| failed)
}

/// A store and all that may be done with it. Any thread may use it.
#[pyclass(frozen, name = "Engine", module = "carnet._native")]
struct NativeEngine(carnet::Engine);

#[pymethods]
impl NativeEngine {
    /// Opens a store. The options are those of `OpenOptions`.
    #[new]
    #[pyo3(signature = (path, options))]
    fn open(py: Python<'_>, path: std::path::PathBuf, options: &Bound<'_, PyAny>) -> PyResult<Self> {
        let options = to_json(options, "options", DEPTH)?;
        let opened = py.detach(|| {
            let options = carnet::OpenOptions::from_json(options.to_string().as_bytes())?;
            carnet::Engine::open(path, options.try_into()?)
        });
        opened.map(Self).map_err(|error| raised(py, &error))
    }

    /// Executes a request, `{"op": …, "args": {…}, …}`, and returns the answer of the engine.
    fn execute<'py>(&self, py: Python<'py>, request: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let mut object = Map::new();
        for (key, value) in request {
            let key: String = key.extract()?;
            // Errors name the fields of a request without the prefix of its envelope.
            let path = if key == "args" { "request" } else { key.as_str() };
            let value = to_json(&value, path, DEPTH)?;
            object.insert(key, value);
        }
        let answer = py.detach(|| {
            let text = self.0.execute(Value::Object(object).to_string().as_bytes())?;
            serde_json::from_str(&text).map_err(|_| carnet::Error::new(carnet::Reason::Internal))
        });
        let answer: Value = answer.map_err(|error| raised(py, &error))?;
        to_python(py, &answer)
    }

    /// Ends the engine: no call is accepted any more, running ones are waited for.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.0.close()).map_err(|error| raised(py, &error))
    }
}

/// The operations of the table, the envelope of a call and the options of opening, with their schemas, as JSON:
/// what the typed half is generated from.
#[pyfunction]
fn schemas() -> String {
    let operations: Vec<Value> = carnet::schema::operations()
        .into_iter()
        .map(|operation| {
            serde_json::json!({ "name": operation.name, "kind": operation.kind, "summary": operation.summary,
                "request": operation.request, "reply": operation.reply })
        })
        .collect();
    let call = schemars::schema_for!(carnet::Call);
    let options = schemars::schema_for!(carnet::OpenOptions);
    serde_json::json!({ "operations": operations, "call": call, "options": options }).to_string()
}

/// The native half of the package.
#[pymodule(name = "_native")]
fn native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<NativeEngine>()?;
    module.add_function(wrap_pyfunction!(schemas, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
